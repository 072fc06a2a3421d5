package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.BitCoder;
import glimpse.collab.codec.entropy.Model;

/** How a unit's blocks are coded, in both directions, and what that costs. Not safe for use by several threads. */
final class UnitSyntax {
    private final Mosaic mosaic;
    private final Model model;
    private final BlockSyntax blocks;
    private int quality;

    UnitSyntax(Mosaic mosaic, Model model) {
        this.mosaic = mosaic;
        this.model = model;
        this.blocks = new BlockSyntax(model);
    }

    /** Begins a patch of a quality. */
    void begin(int ofPatch) {
        quality = Contexts.quality(ofPatch);
        blocks.begin(quality);
    }

    /** Codes a unit: a decoder's is clear before and holds what was decoded after. */
    void code(BitCoder coder, int patch, Unit unit) {
        if (!unit.quarters.isEmpty()) {
            splitContexts(patch, unit);
            unit.split = model.code(coder, unit.split ? 1 : 0, Contexts.SET_SPLIT) != 0;
        }
        for (Block block : unit.luma()) {
            code(coder, patch, block, mosaic.near(patch, block.x, block.y), Block.NO_LEVELS);
            mosaic.note(patch, block);
        }
        if (!unit.chroma.isEmpty()) {
            int luma = mosaic.within(patch, unit);
            Block cb = unit.chroma.getFirst();
            code(coder, patch, cb, luma, Block.NO_LEVELS);
            code(coder, patch, unit.chroma.getLast(), nearCr(luma, cb), cb.levels);
        }
    }

    /** Returns how much there is in the blocks of luma and Cb beside a block of Cr. */
    static int nearCr(int luma, Block cb) {
        return (luma > 3 ? 1 : 0) + (cb.last < 0 ? 0 : cb.last == 0 ? 2 : 4);
    }

    private void code(BitCoder coder, int patch, Block block, int near, int[] other) {
        int sides = mosaic.sides(patch, block.x, block.y);
        block.mode = codeMode(coder, block.type, sides, block.mode);
        begin(block, near, sides, other);
        block.last = blocks.code(coder, block.levels, block.last);
    }

    /** Begins the levels of a block, see {@link BlockSyntax#begin}. */
    BlockSyntax begin(Block block, int near, int sides, int[] other) {
        blocks.begin(block.type, block.kept(), near, sides == 0 ? 0 : 1, other);
        return blocks;
    }

    private Prediction.Mode codeMode(BitCoder coder, BlockType type, int sides, Prediction.Mode mode) {
        if (sides == 0 || !codeMode(coder, type, sides, 0, mode != Prediction.Mode.FLAT)) {
            return Prediction.Mode.FLAT;
        }
        if (sides == Prediction.LEFT) {
            return Prediction.Mode.ACROSS;
        }
        if (sides == Prediction.ABOVE) {
            return Prediction.Mode.DOWN;
        }
        if (codeMode(coder, type, sides, 1, mode == Prediction.Mode.GRADIENT)) {
            return Prediction.Mode.GRADIENT;
        }
        return codeMode(coder, type, sides, 2, mode == Prediction.Mode.ACROSS)
                ? Prediction.Mode.ACROSS
                : Prediction.Mode.DOWN;
    }

    private boolean codeMode(BitCoder coder, BlockType type, int sides, int decision, boolean bit) {
        modeContexts(type, sides, decision);
        return model.code(coder, bit ? 1 : 0, Contexts.SET_MODE) != 0;
    }

    private void modeContexts(BlockType type, int sides, int decision) {
        model.see(Contexts.MODE + (type.index() * 4 + sides) * 4 + decision);
    }

    private void splitContexts(int patch, Unit unit) {
        int size = unit.whole.side == 16 ? 0 : 1;
        model.see(
                Contexts.SPLIT + size * 6 + mosaic.near(patch, unit.whole.x, unit.whole.y),
                Contexts.SPLIT_QUALITY + size * Contexts.QUALITIES + quality);
    }

    /** Returns the bits of a block's mode. */
    float modeBits(BlockType type, int sides, Prediction.Mode mode) {
        if (sides == 0) {
            return 0;
        }
        float bits = modeBits(type, sides, 0, mode != Prediction.Mode.FLAT);
        if (sides == (Prediction.LEFT | Prediction.ABOVE) && mode != Prediction.Mode.FLAT) {
            bits += modeBits(type, sides, 1, mode == Prediction.Mode.GRADIENT);
            if (mode != Prediction.Mode.GRADIENT) {
                bits += modeBits(type, sides, 2, mode == Prediction.Mode.ACROSS);
            }
        }
        return bits;
    }

    private float modeBits(BlockType type, int sides, int decision, boolean bit) {
        modeContexts(type, sides, decision);
        return model.bits(bit ? 1 : 0, Contexts.SET_MODE);
    }

    /** Returns the bits of a unit's split. */
    float splitBits(int patch, Unit unit, boolean split) {
        splitContexts(patch, unit);
        return model.bits(split ? 1 : 0, Contexts.SET_SPLIT);
    }
}
