package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.BitCoder;
import glimpse.collab.codec.entropy.Model;

/** How a patch's offset is coded, in both directions: by how much its quality differs from that of the whole code. */
final class OffsetSyntax {
    /** The largest offset; the smallest is its negative. */
    static final int MAX = 4;

    /** What an offset of 1 adds to the quality. */
    private static final int QUALITIES = 5;

    private final Mosaic mosaic;
    private final Model model;

    OffsetSyntax(Mosaic mosaic, Model model) {
        this.mosaic = mosaic;
        this.model = model;
    }

    /** Returns the quality of a patch that has an offset. */
    static int quality(int quality, int offset) {
        return Math.clamp(quality + QUALITIES * offset, 1, MosaicCodec.MAX_QUALITY);
    }

    /** Codes an offset, and notes it for the patches that follow. */
    int code(BitCoder coder, int patch, int offset) {
        int beside = 1 + Integer.signum(mosaic.offsetBeside(patch));
        int coded = 0;
        if (code(coder, beside, 0, offset != 0)) {
            boolean negative = code(coder, beside, 1, offset < 0);
            coded = 1;
            while (coded < MAX && code(coder, beside, 1 + coded, Math.abs(offset) > coded)) {
                coded++;
            }
            coded = negative ? -coded : coded;
        }
        mosaic.noteOffset(patch, coded);
        return coded;
    }

    private boolean code(BitCoder coder, int beside, int decision, boolean bit) {
        model.see(Contexts.OFFSET + beside * (2 + MAX) + decision);
        return model.code(coder, bit ? 1 : 0, Contexts.SET_OFFSET) != 0;
    }
}
