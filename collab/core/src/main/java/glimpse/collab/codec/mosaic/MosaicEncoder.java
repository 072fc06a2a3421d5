package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.Model;
import glimpse.collab.codec.entropy.RangeEncoder;
import java.util.List;

/**
 * Encodes patches: chooses offsets, splits, modes and levels, and codes them. What it chooses isn't part of the format.
 * For one use by one thread.
 */
final class MosaicEncoder {
    /** Blocks of fewer diagonals aren't tried in quarters. */
    private static final int MIN_DIAGONALS_TO_SPLIT = 3;

    private final Mosaic mosaic;
    private final int quality;
    private final Model model;
    private final UnitSyntax syntax;
    private final Restorer restorer;
    private final BlockChoice choice;
    private final int[][] source; // [channels][side][side], of the patch
    private final byte[] kept = new byte[16 * 16];

    MosaicEncoder(Mosaic mosaic, int quality, Model model) {
        this.mosaic = mosaic;
        this.quality = quality;
        this.model = model;
        syntax = new UnitSyntax(mosaic, model);
        restorer = new Restorer(mosaic);
        choice = new BlockChoice(mosaic, syntax);
        source = new int[mosaic.channels()][mosaic.side() * mosaic.side()];
    }

    /**
     * Encodes the pixels of the mosaic's patches; afterwards the mosaic holds what a decoder restores.
     *
     * @param pixels {@code [patches][patchSize][patchSize][channels]}
     */
    byte[] encode(byte[] pixels) {
        RangeEncoder coder = new RangeEncoder();
        new PositionSyntax(mosaic.grid(), model).code(coder, mosaic.positions());
        int[] chosen = Masking.offsets(mosaic, pixels);
        OffsetSyntax offsets = new OffsetSyntax(mosaic, model);
        Quantisers quantisers = new Quantisers(mosaic.unit());
        Unit unit = new Unit(mosaic.unit(), mosaic.channels());
        for (int patch = 0; patch < mosaic.patches(); patch++) {
            Colours.read(pixels, patch, mosaic, source);
            int ofPatch = OffsetSyntax.quality(quality, offsets.code(coder, patch, chosen[patch]));
            syntax.begin(ofPatch);
            choice.begin(source, quantisers.of(ofPatch));
            restorer.begin(quantisers.of(ofPatch));
            for (int y = 0; y < mosaic.side(); y += mosaic.unit()) {
                for (int x = 0; x < mosaic.side(); x += mosaic.unit()) {
                    unit.begin(x, y);
                    chooseLuma(patch, unit);
                    chooseChroma(patch, unit);
                    syntax.code(coder, patch, unit);
                }
            }
            mosaic.finish(patch);
        }
        return coder.finish();
    }

    private void chooseLuma(int patch, Unit unit) {
        Block whole = unit.whole;
        float cost = chooseLuma(patch, List.of(whole), Float.MAX_VALUE);
        if (unit.quarters.isEmpty() || whole.last + 1 < MIN_DIAGONALS_TO_SPLIT) {
            return;
        }
        cost += LevelSearch.LAMBDA * syntax.splitBits(patch, unit, false);
        float ofSplit = LevelSearch.LAMBDA * syntax.splitBits(patch, unit, true);
        copy(patch, whole, true);
        float ofQuarters = chooseLuma(patch, unit.quarters, cost - ofSplit);
        unit.split = ofSplit + ofQuarters < cost;
        if (!unit.split) {
            copy(patch, whole, false);
            mosaic.note(patch, whole);
        }
    }

    /** Returns the cost of blocks, or of as many as reach a limit. */
    private float chooseLuma(int patch, List<Block> blocks, float limit) {
        float cost = 0;
        for (int i = 0; i < blocks.size() && cost < limit; i++) {
            Block block = blocks.get(i);
            cost += choice.choose(patch, block, mosaic.near(patch, block.x, block.y), Block.NO_LEVELS);
            restorer.restore(patch, block);
            mosaic.note(patch, block);
        }
        return cost;
    }

    /** Keeps the samples of a block of luma, or puts them back. */
    private void copy(int patch, Block block, boolean keep) {
        byte[] samples = mosaic.samples(0);
        for (int y = 0; y < block.side; y++) {
            int at = mosaic.index(patch, block.x, block.y + y);
            if (keep) {
                System.arraycopy(samples, at, kept, y * block.side, block.side);
            } else {
                System.arraycopy(kept, y * block.side, samples, at, block.side);
            }
        }
    }

    private void chooseChroma(int patch, Unit unit) {
        if (unit.chroma.isEmpty()) {
            return;
        }
        int luma = mosaic.within(patch, unit);
        Block cb = unit.chroma.getFirst();
        Block cr = unit.chroma.getLast();
        choice.choose(patch, cb, luma, Block.NO_LEVELS);
        restorer.restore(patch, cb);
        choice.choose(patch, cr, UnitSyntax.nearCr(luma, cb), cb.levels);
        restorer.restore(patch, cr);
    }
}
