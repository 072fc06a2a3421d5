package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.AHEAD;
import static glimpse.engine.kernel.Kernels.BLOCK;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.parallel.WorkerTeam;

/**
 * The values of an attention: the one product that has tokens as rows, because the sum over keys must read a value's
 * features as a tile. Same order of operations as {@link Gemm}; no bias (see {@code SelfAttention}).
 *
 * <p>Belongs to one session; reused for all its layers.
 */
public final class ValueGemm implements WorkerTeam.Task {
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
    private final ReadAhead readAhead;
    private final float[][] scratch; // [workers][ROWS][P]
    private final int[] kept; // [workers]: of what was read ahead

    private WeightPanels weights;
    private Weights next;
    private float[] in;
    private float[] out;
    private Images batch;

    /** A product for the workers of a team. */
    public ValueGemm(Kernels kernels, WorkerTeam team, Images batch, ReadAhead readAhead) {
        this.readAhead = readAhead;
        this.kept = new int[team.threads()];
        this.kernels = kernels;
        this.team = team;
        this.batch = batch;
        this.scratch = new float[team.threads()][kernels.panelFloats(1, ROWS)];
        this.weights = WeightPanels.pack(kernels, new float[0], 0, 0, 0, 1, 1);
        this.next = weights;
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
        next = readAhead.after(matrix);
        in = tokenTiles;
        out = valueTiles;
        team.run(matrix.panels(), this);
    }

    @Override
    public void run(int unit, int worker) {
        for (int image = 0; image < batch.images(); image++) {
            for (int row = 0; row < batch.tokens(image); row += ROWS) {
                int rows = Math.min(ROWS, batch.tokens(image) - row);
                accumulate(unit, image, row, rows, worker);
                split(unit, image, row, rows, scratch[worker]);
            }
        }
    }

    private void accumulate(int unit, int image, int first, int rows, int worker) {
        float[] sums = scratch[worker];
        int panel = kernels.panel();
        int columns = weights.columns();
        float[] data = weights.data();
        java.util.Arrays.fill(sums, 0, kernels.rowAt(0, ROWS, Math.ceilDiv(rows, TILE) * TILE), 0f);
        for (int block = 0; block < columns; block += BLOCK) {
            int steps = Math.min(BLOCK, columns - block);
            int from = kernels.rowAt(unit, columns, block);
            boolean last = block + steps == columns;
            boolean leaves = last && unit + team.threads() >= weights.panels();
            float[] aheadData = leaves ? next.data() : data;
            int ahead = leaves
                    ? next.begin(worker, team.threads())
                    : last ? weights.begin(unit + team.threads(), team.threads()) : from + steps * panel;
            for (int row = 0; row < rows; row += TILE) {
                int tile = (batch.firstPanel(image) * panel + first + row) * columns + block * TILE;
                boolean fits = ahead + AHEAD * steps <= aheadData.length;
                kept[worker] += kernels.multiply(
                        panel,
                        steps,
                        in,
                        tile,
                        data,
                        from,
                        sums,
                        kernels.rowAt(0, ROWS, row),
                        fits ? aheadData : in,
                        fits ? ahead : tile);
                ahead += AHEAD * steps;
            }
        }
    }

    private void split(int unit, int image, int first, int rows, float[] sums) {
        int panel = kernels.panel();
        int lanes = weights.panels() * panel;
        int stride = batch.paddedTokens(image) * TILE;
        int to = batch.firstPanel(image) * panel * lanes + unit * (panel / TILE) * stride + first * TILE;
        kernels.splitPanel(sums, Kernels.FIRST, rows, out, to, stride);
    }
}
