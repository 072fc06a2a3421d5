package glimpse.engine.kernel;

import static glimpse.engine.kernel.FirstLevelCache.BLOCK;
import static glimpse.engine.kernel.Kernels.AHEAD;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.parallel.WorkerTeam;

/**
 * The values of an attention: the one product that has tokens as rows, because the sum over keys must read a value's
 * features as a tile. Same order of operations as {@link Gemm}; no bias (see {@code SelfAttention}).
 *
 * <p>Belongs to one session; reused for all its layers.
 */
public final class ValueGemm implements WorkerTeam.Task {
    // Panels of tokens that go by together: 24 KB of sums at 512 bits.
    private static final int CHUNK = 6;

    /** Where the images of a batch are. */
    public interface Images {
        /** The panels of all tokens. */
        PanelLayout layout();

        /** The image that a panel belongs to. */
        int imageOf(int panel);

        /** Rows that an image's panels have room for, a multiple of P. */
        int paddedTokens(int image);

        /** Where an image's panels begin. */
        int firstPanel(int image);
    }

    private final Kernels kernels;
    private final WorkerTeam team;
    private final ReadAhead readAhead;
    private final float[][] scratch; // [workers][CHUNK][P][P]
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
        this.scratch = new float[team.threads()][kernels.panelFloats(CHUNK, kernels.panel())];
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
        team.run(team.threads() * matrix.panels(), this);
    }

    /** A unit: a worker's panels of tokens by a panel of features; see {@link Gemm}. */
    @Override
    public void run(int unit, int worker) {
        int share = unit / weights.panels();
        int features = unit % weights.panels();
        int count = batch.layout().shareSize(share, team.threads(), features, weights.panels());
        for (int chunk = 0; chunk < count; chunk += CHUNK) {
            int end = Math.min(chunk + CHUNK, count);
            accumulate(features, share, chunk, end, worker);
            for (int position = chunk; position < end; position++) {
                int index = batch.layout().inShare(share, team.threads(), position);
                split(features, index, kernels.rowAt(position - chunk, kernels.panel(), 0), scratch[worker]);
            }
        }
    }

    private void accumulate(int features, int share, int begin, int end, int worker) {
        float[] sums = scratch[worker];
        int panel = kernels.panel();
        int columns = weights.columns();
        float[] data = weights.data();
        java.util.Arrays.fill(sums, 0, kernels.panelFloats(end - begin, panel), 0f);
        for (int block = 0; block < columns; block += BLOCK) {
            int steps = Math.min(BLOCK, columns - block);
            int from = kernels.rowAt(features, columns, block);
            boolean leaves = block + steps == columns && features + 1 == weights.panels();
            float[] aheadData = leaves ? next.data() : data;
            int ahead = leaves ? next.begin() : from + steps * panel;
            for (int position = begin; position < end; position++) {
                int index = batch.layout().inShare(share, team.threads(), position);
                int tokens = batch.layout().tokens(index);
                for (int row = 0; row < tokens; row += TILE) {
                    int tile = (index * panel + row) * columns + block * TILE;
                    int to = kernels.rowAt(position - begin, panel, row);
                    boolean fits = ahead + AHEAD * steps <= aheadData.length;
                    float[] readAhead = fits ? aheadData : in;
                    kept[worker] += kernels.multiply(
                            panel, steps, in, tile, data, from, sums, to, readAhead, fits ? ahead : tile);
                    ahead += AHEAD * steps;
                }
            }
        }
    }

    private void split(int features, int index, int from, float[] sums) {
        int panel = kernels.panel();
        int lanes = weights.panels() * panel;
        int image = batch.imageOf(index);
        int firstPanel = batch.firstPanel(image);
        int stride = batch.paddedTokens(image) * TILE;
        int first = (index - firstPanel) * panel;
        int to = firstPanel * panel * lanes + features * (panel / TILE) * stride + first * TILE;
        kernels.splitPanel(sums, from, batch.layout().tokens(index), out, to, stride);
    }
}
