package glimpse.collab.codec.mosaic;

/** Restores blocks from their levels. Not safe for use by several threads. */
final class Restorer {
    private final Mosaic mosaic;
    private Quantiser quantiser;
    private final Prediction prediction;
    private final Dct dct = new Dct();
    private final int[] coefficients = new int[Block.SIZE];
    private final int[] predicted = new int[16 * 16];
    private final int[] residual = new int[16 * 16];

    Restorer(Mosaic mosaic) {
        this.mosaic = mosaic;
        this.quantiser = new Quantiser(1, mosaic.unit());
        this.prediction = new Prediction(mosaic);
    }

    /** Begins a patch. */
    void begin(Quantiser ofPatch) {
        quantiser = ofPatch;
    }

    /** Restores all blocks of a unit. */
    void restore(int patch, Unit unit) {
        unit.luma().forEach(block -> restore(patch, block));
        unit.chroma.forEach(block -> restore(patch, block));
    }

    /** Restores the samples of a block; those before it must be restored. */
    void restore(int patch, Block block) {
        prediction.read(patch, block);
        prediction.predict(block.mode, block.side, predicted);
        int side = block.side;
        int filled = Math.min(block.last + 1, block.kept());
        int[] steps = quantiser.steps(block.type);
        for (int v = 0; v < filled; v++) {
            for (int at = v * Block.STRIDE; at < v * Block.STRIDE + filled; at++) {
                coefficients[at] = block.levels[at] * steps[at];
            }
        }
        dct.inverse(coefficients, side, filled, residual);
        byte[] samples = mosaic.samples(block.type.channel());
        int start = mosaic.index(patch, block.x, block.y);
        for (int y = 0; y < side; y++) {
            int to = start + y * mosaic.side();
            for (int x = 0; x < side; x++) {
                int i = y * side + x;
                samples[to + x] = (byte) Math.clamp(predicted[i] + residual[i], 0, 255);
            }
        }
    }
}
