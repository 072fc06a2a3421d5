package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.Model;
import glimpse.collab.codec.entropy.RangeDecoder;

/** Decodes patches. For one use by one thread. */
final class MosaicDecoder {
    private final MosaicCodec codec;
    private final int count;
    private final byte[] code;
    private final RangeDecoder decoder;
    private final Model model = new Model(StandardPriors.PRIORS);

    MosaicDecoder(MosaicCodec codec, int count, byte[] code) {
        this.codec = codec;
        this.count = count;
        this.code = code;
        this.decoder = new RangeDecoder(code);
    }

    byte[] decode() throws MosaicException {
        int[] positions = new int[count];
        new PositionSyntax(codec.grid(), model).code(decoder, positions);
        Mosaic mosaic = new Mosaic(codec.grid(), codec.patchSize(), codec.channels(), positions);
        UnitSyntax syntax = new UnitSyntax(mosaic, model);
        OffsetSyntax offsets = new OffsetSyntax(mosaic, model);
        Quantisers quantisers = new Quantisers(mosaic.unit());
        Restorer restorer = new Restorer(mosaic);
        Unit unit = new Unit(mosaic.unit(), codec.channels());
        for (int patch = 0; patch < count; patch++) {
            int quality = OffsetSyntax.quality(codec.quality(), offsets.code(decoder, patch, 0));
            syntax.begin(quality);
            restorer.begin(quantisers.of(quality));
            for (int y = 0; y < mosaic.side(); y += mosaic.unit()) {
                for (int x = 0; x < mosaic.side(); x += mosaic.unit()) {
                    unit.begin(x, y);
                    syntax.code(decoder, patch, unit);
                    restorer.restore(patch, unit);
                }
            }
            mosaic.finish(patch);
            if (decoder.isBrokenOff()) {
                throw new MosaicException("the code breaks off within patch " + patch + " of " + count);
            }
        }
        requireEnd(mosaic);
        return Colours.pixels(mosaic);
    }

    private void requireEnd(Mosaic mosaic) throws MosaicException {
        int end = decoder.end();
        if (end >= code.length) {
            return;
        }
        long pixelBytes = (long) mosaic.patches() * mosaic.patchSize() * mosaic.patchSize() * mosaic.channels();
        boolean filledUp = code.length == MosaicCodec.minBytes(pixelBytes);
        for (int i = end; i < code.length && filledUp; i++) {
            filledUp = code[i] == 0;
        }
        if (!filledUp) {
            throw new MosaicException(code.length - end + " bytes follow the code's end");
        }
    }
}
