package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.parallel.WorkerTeam;

/**
 * The values of an attention: the one product that has tokens as rows, because the sum over keys must read a value's
 * features as a tile. Same order of operations as {@link Gemm}; no bias (see {@code SelfAttention}).
 *
 * <p>Belongs to one session; reused for all its layers.
 */
public final class ValueGemm implements WorkerTeam.Task {
    private static final int BLOCK = 192;
    private static final int ROWS = 192;

    /** Where the images of a batch are. */
    public interface Images {
        /** Number of images. */
        int images();

        /** Tokens of an image. */
        int tokens(int image);

        /** Rows that an image's panels have room for, a multiple of P. */
        int paddedTokens(int image);

        /** Where an image's panels begin. */
        int firstPanel(int image);
    }

    private final Kernels kernels;
    private final WorkerTeam team;
    private final float[][] scratch; // [workers][ROWS][P]

    private WeightPanels weights;
    private float[] in;
    private float[] out;
    private Images batch;

    /** A product for the workers of a team. */
    public ValueGemm(Kernels kernels, WorkerTeam team, Images batch) {
        this.kernels = kernels;
        this.team = team;
        this.batch = batch;
        this.scratch = new float[team.threads()][ROWS * kernels.panel()];
        this.weights = WeightPanels.pack(kernels, new float[0], 0, 0, 0, 1, 1);
        this.in = new float[0];
        this.out = in;
    }

    /**
     * Runs the product.
     *
     * @param matrix rows are the values' features
     * @param tokenTiles {@code [panels x P/8][columns][8]}
     * @param valueTiles an image after the other, {@code [panels x P / 8][paddedTokens][8]}
     */
    public void run(WeightPanels matrix, float[] tokenTiles, float[] valueTiles) {
        weights = matrix;
        in = tokenTiles;
        out = valueTiles;
        team.run(matrix.panels(), this);
    }

    @Override
    public void run(int unit, int worker) {
        for (int image = 0; image < batch.images(); image++) {
            for (int row = 0; row < batch.tokens(image); row += ROWS) {
                int rows = Math.min(ROWS, batch.tokens(image) - row);
                accumulate(unit, image, row, rows, scratch[worker]);
                split(unit, image, row, rows, scratch[worker]);
            }
        }
    }

    private void accumulate(int unit, int image, int first, int rows, float[] sums) {
        int panel = kernels.panel();
        int columns = weights.columns();
        java.util.Arrays.fill(sums, 0, Math.ceilDiv(rows, TILE) * TILE * panel, 0f);
        for (int block = 0; block < columns; block += BLOCK) {
            int steps = Math.min(BLOCK, columns - block);
            int from = (unit * columns + block) * panel;
            for (int row = 0; row < rows; row += TILE) {
                int tile = (batch.firstPanel(image) * panel + first + row) * columns + block * TILE;
                kernels.multiply(panel, steps, in, tile, weights.data(), from, sums, row * panel);
            }
        }
    }

    private void split(int unit, int image, int first, int rows, float[] sums) {
        int panel = kernels.panel();
        int lanes = weights.panels() * panel;
        int stride = batch.paddedTokens(image) * TILE;
        int to = batch.firstPanel(image) * panel * lanes + unit * (panel / TILE) * stride + first * TILE;
        kernels.splitPanel(sums, 0, rows, out, to, stride);
    }
}
