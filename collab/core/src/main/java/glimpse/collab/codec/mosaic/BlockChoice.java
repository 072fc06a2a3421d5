package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.mosaic.Prediction.Mode;

/** Chooses a block's mode and levels. Not safe for use by several threads. */
final class BlockChoice {
    /** Ratios of a coefficient to its step are taken to become levels from here on. */
    private static final float LEVEL = 0.6f;

    private static final int EIGHTHS = 8;

    private final Mosaic mosaic;
    private final UnitSyntax syntax;
    private final Prediction prediction;
    private final LevelSearch search = new LevelSearch();
    private final Dct dct = new Dct();
    private int[][] source = {};
    private Quantiser quantiser;
    private final int[] pixels = new int[16 * 16];
    private final int[] coefficients = new int[Block.SIZE];
    private final float[] residual = new float[Block.SIZE]; // coefficients less those of the prediction
    private final float[] ofTop = new float[16]; // coefficients of the samples above, repeated in all rows
    private final float[] ofLeft = new float[16];

    BlockChoice(Mosaic mosaic, UnitSyntax syntax) {
        this.mosaic = mosaic;
        this.syntax = syntax;
        this.prediction = new Prediction(mosaic);
        this.quantiser = new Quantiser(1, mosaic.unit());
    }

    /**
     * Begins a patch.
     *
     * @param planes {@code [channels][side][side]}
     */
    void begin(int[][] planes, Quantiser ofPatch) {
        source = planes;
        quantiser = ofPatch;
    }

    /** Chooses a block's mode and levels and returns their cost, see {@link LevelSearch}. */
    float choose(int patch, Block block, int near, int[] other) {
        prediction.read(patch, block);
        transform(block);
        float[] inverses = quantiser.inverses(block.type);
        int sides = prediction.sides();
        block.mode = sides == 0 ? Mode.FLAT : mode(block, inverses);
        subtract(block.mode, block);
        BlockSyntax levels = syntax.begin(block, near, sides, other);
        float cost = search.search(levels, residual, inverses, block.kept(), block.levels);
        block.last = search.last();
        return cost + LevelSearch.LAMBDA * syntax.modeBits(block.type, sides, block.mode);
    }

    private void transform(Block block) {
        int[] plane = source[block.type.channel()];
        int side = block.side;
        for (int y = 0; y < side; y++) {
            System.arraycopy(plane, (block.y + y) * mosaic.side() + block.x, pixels, y * side, side);
        }
        dct.forward(pixels, side, block.kept(), coefficients);
        for (int i = 0; i < residual.length; i++) {
            residual[i] = coefficients[i];
        }
    }

    private Mode mode(Block block, float[] inverses) {
        if ((prediction.sides() & Prediction.ABOVE) != 0) {
            Dct.line(prediction.top, block.side, ofTop);
        }
        if ((prediction.sides() & Prediction.LEFT) != 0) {
            Dct.line(prediction.left, block.side, ofLeft);
        }
        Mode best = Mode.FLAT;
        float least = Float.MAX_VALUE;
        for (Mode mode : Mode.all()) {
            if (mode.isPossible(prediction.sides())) {
                subtract(mode, block);
                float bits = syntax.modeBits(block.type, prediction.sides(), mode);
                float cost = estimate(inverses, block.kept()) + LevelSearch.LAMBDA * bits;
                if (cost < least) {
                    least = cost;
                    best = mode;
                }
            }
        }
        return best;
    }

    /** Computes what is left of the coefficients after a prediction, which has none but in the first row and column. */
    private void subtract(Mode mode, Block block) {
        int kept = block.kept();
        boolean down = mode == Mode.DOWN || mode == Mode.GRADIENT;
        boolean across = mode == Mode.ACROSS || mode == Mode.GRADIENT;
        for (int i = 0; i < kept; i++) {
            residual[i] = coefficients[i] - (down ? ofTop[i] : 0);
        }
        float first = residual[0];
        for (int i = 0; i < kept; i++) {
            residual[i * Block.STRIDE] = coefficients[i * Block.STRIDE] - (across ? ofLeft[i] : 0);
        }
        residual[0] += first - coefficients[0];
        if (mode == Mode.FLAT) {
            residual[0] -= EIGHTHS * block.side * prediction.flat();
        } else if (mode == Mode.GRADIENT) {
            residual[0] += EIGHTHS * block.side * prediction.corner();
        }
    }

    /** Estimates the cost of the first row and column; modes don't differ in the others. */
    private float estimate(float[] inverses, int kept) {
        float cost = 0;
        for (int i = 0; i < kept; i++) {
            cost += estimate(residual[i] * inverses[i]);
        }
        for (int at = Block.STRIDE; at < kept * Block.STRIDE; at += Block.STRIDE) {
            cost += estimate(residual[at] * inverses[at]);
        }
        return cost;
    }

    private static float estimate(float ratio) {
        float magnitude = Math.abs(ratio);
        return magnitude < LEVEL ? magnitude * magnitude : LEVEL * magnitude;
    }
}
