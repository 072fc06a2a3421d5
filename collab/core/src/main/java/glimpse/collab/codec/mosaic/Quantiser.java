package glimpse.collab.codec.mosaic;

/** The steps of a quality: how far apart the values are that a coefficient can be restored to. Immutable. */
final class Quantiser {
    /** 64 × 2^(i / 15), rounded. */
    private static final int[] MANTISSAS = {64, 67, 70, 74, 77, 81, 84, 88, 93, 97, 102, 106, 111, 117, 122};

    // What weights a step has, in 64ths, by frequency in 16ths of the block's side; the last one for all above. They
    // follow one over the root of the Fisher information that DeiT-Tiny's answer holds of a coefficient
    // (scripts/train/sensitivity.py), within limits, so that a classifier loses as little as possible, not an eye.
    private static final int[] LUMA = {
        128, 116, 104, 92, 80, 76, 72, 68, 64, 66, 68, 70, 72, 81, 90, 99, 160, 220, 280, 340, 400
    };
    private static final int[] CHROMA = {64, 64, 64, 64, 64, 64, 79, 94, 109, 124, 139, 154, 169, 184, 199};

    private final int[][] steps = new int[BlockType.COUNT][Block.SIZE]; // in eighths of a sample's unit
    private final float[][] inverses = new float[BlockType.COUNT][Block.SIZE];

    /**
     * Computes the steps.
     *
     * @param quality 1..99: fifteen more halve the steps
     * @param unit pixels along a unit's side
     */
    Quantiser(int quality, int unit) {
        int below = MosaicCodec.MAX_QUALITY - quality;
        int base = MANTISSAS[below % 15] << (below / 15); // in 32nds
        for (BlockType type : BlockType.values()) {
            int side = type.side(unit);
            int[] weights = type.channel() == 0 ? LUMA : CHROMA;
            for (int v = 0; v < side; v++) {
                for (int u = 0; u < side; u++) {
                    int at = v * Block.STRIDE + u;
                    int weight = weights[Math.min((u + v) * 16 / side, weights.length - 1)];
                    int step = Math.max(1, (base * weight + 128) >> 8);
                    steps[type.index()][at] = step;
                    inverses[type.index()][at] = 1f / step;
                }
            }
        }
    }

    /** Returns the steps of a type's levels, as {@link Block#levels} is laid out. */
    int[] steps(BlockType type) {
        return steps[type.index()];
    }

    /** Returns 1 / step of a type's levels. */
    float[] inverses(BlockType type) {
        return inverses[type.index()];
    }
}
