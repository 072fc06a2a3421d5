package glimpse.engine.gemm;

import static glimpse.engine.gemm.L1Cache.KC;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.kernel.Kernels;
import glimpse.engine.packed.WeightRows;
import glimpse.engine.parallel.WorkerTeam;
import java.util.Arrays;

/**
 * The values of self-attention: the one product that has tokens as rows, because the sum over keys reads a value's
 * features as a tile. Same order of operations as {@link Gemm}; no bias (see {@code SelfAttention}).
 *
 * <p>Belongs to one session, which reuses it for all its layers.
 */
public final class ValueGemm implements WorkerTeam.Task {
    // NC in panels of tokens: 24 KB of sums at 512 bits.
    private static final int NC_PANELS = 6;

    /** Where the panels of a batch's images lie. */
    public interface Images {
        /** Returns the panels of all tokens. */
        PanelLayout layout();

        /** Returns the image that a panel belongs to. */
        int imageOf(int panel);

        /** Returns how many rows an image's panels have room for, a multiple of P. */
        int paddedTokens(int image);

        /** Returns the first panel of an image. */
        int firstPanel(int image);
    }

    private final Kernels kernels;
    private final WorkerTeam team;
    private final WeightPrefetcher prefetcher;
    private final float[][] scratch; // [workers][NC_PANELS][P][P]
    private final WeightBlock[] blocks; // [workers]
    private final ReadAhead[] readAhead; // [workers]

    private WeightPanels weights;
    private Weights next;
    private float[] in;
    private float[] out;
    private Images batch;

    /** Creates a product for the workers of a team. */
    public ValueGemm(Kernels kernels, WorkerTeam team, Images batch, WeightPrefetcher prefetcher) {
        this.prefetcher = prefetcher;
        this.blocks = new WeightBlock[team.threads()];
        Arrays.setAll(blocks, i -> new WeightBlock(kernels));
        this.readAhead = new ReadAhead[team.threads()];
        Arrays.setAll(readAhead, i -> new ReadAhead(kernels));
        this.kernels = kernels;
        this.team = team;
        this.batch = batch;
        this.scratch = new float[team.threads()][kernels.panelFloats(NC_PANELS, kernels.panel())];
        this.weights = WeightPanels.pack(kernels, WeightRows.of(new float[0], 0, 0), 0, 0, 0, 1, 1);
        this.next = weights;
        this.in = new float[0];
        this.out = in;
    }

    /**
     * Runs the product.
     *
     * @param matrix rows are the values' features
     * @param tokenTiles {@code [panels x P/8][columns][8]}
     * @param valueTiles image after image, {@code [panels x P / 8][paddedTokens][8]}
     */
    public void run(WeightPanels matrix, float[] tokenTiles, float[] valueTiles) {
        weights = matrix;
        next = prefetcher.after(matrix);
        in = tokenTiles;
        out = valueTiles;
        team.run(team.threads() * matrix.panels(), this);
    }

    /** Multiplies a worker's panels of tokens by a panel of features; see {@link Gemm#run(int, int)}. */
    @Override
    public void run(int unit, int worker) {
        int share = unit / weights.panels();
        int features = unit % weights.panels();
        int count = batch.layout().shareSize(share, team.threads(), features, weights.panels());
        for (int chunk = 0; chunk < count; chunk += NC_PANELS) {
            int end = Math.min(chunk + NC_PANELS, count);
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
        WeightBlock lanes = blocks[worker];
        ReadAhead ahead = readAhead[worker];
        int calls = calls(share, begin, end);
        Arrays.fill(sums, 0, kernels.panelFloats(end - begin, panel), 0f);
        for (int block = 0; block < columns; block += KC) {
            int steps = Math.min(KC, columns - block);
            lanes.load(weights.packed(), features * panel, panel, block, steps);
            float[] b = lanes.array(0);
            int from = lanes.at(0);
            if (block + steps < columns) {
                ahead.begin(weights.packed(), features * panel, block + steps, panel, calls, steps);
            } else if (features + 1 < weights.panels()) {
                ahead.begin(weights.packed(), (features + 1) * panel, 0, panel, calls, steps);
            } else {
                ahead.begin(next.packed(), 0, 0, WeightTiles.MC, calls, steps);
            }
            for (int position = begin; position < end; position++) {
                int index = batch.layout().inShare(share, team.threads(), position);
                int tokens = batch.layout().tokens(index);
                for (int row = 0; row < tokens; row += TILE) {
                    int tile = (index * panel + row) * columns + block * TILE;
                    int to = kernels.rowAt(position - begin, panel, row);
                    ahead.next(steps, in, tile);
                    float[] far = ahead.floats();
                    int farAt = ahead.at();
                    ahead.keep(kernels.multiply(
                            panel, steps, in, tile, b, from, sums, to, far, farAt, ahead.spacing(), ahead.pace()));
                }
            }
        }
    }

    /** Returns how often a block of weights calls the kernel. */
    private int calls(int share, int begin, int end) {
        int tiles = 0;
        for (int position = begin; position < end; position++) {
            int tokens = batch.layout().tokens(batch.layout().inShare(share, team.threads(), position));
            tiles += Math.ceilDiv(tokens, TILE);
        }
        return tiles;
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
