package glimpse.engine.gemm;

import static glimpse.engine.gemm.L1Cache.KC;
import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.kernel.Kernels;
import glimpse.engine.parallel.WorkerTeam;
import java.util.Arrays;

/**
 * A linear layer over the panels of a batch: {@code out = epilogue(weights x in + bias)}. One unit of work is MC
 * features of a worker's share of the panels. k advances in blocks of KC: an MC x KC block of weights stays in the L2
 * cache while the panels pass, and a panel's KC rows stay in the L1 cache while the block's tiles pass. Meanwhile the
 * next block is prefetched. None of this changes a result: each value is its bias, then one fused multiply-add for each
 * k, ascending.
 *
 * <p>Belongs to one session, which reuses it for all its layers.
 */
public final class Gemm implements WorkerTeam.Task {
    /** What happens to finished rows. */
    public enum Epilogue {
        /** Stores them as rows of the output's panel. */
        STORE(true),
        /** Applies GELU, then stores them. */
        GELU(true),
        /** Applies the tanh approximation of GELU, then stores them. */
        TANH_GELU(true),
        /** Applies the sigmoid approximation of GELU, then stores them. */
        QUICK_GELU(true),
        /** Adds them to the output's panel: the residual stream. */
        ADD(false),
        /** Splits them into tiles of 8 tokens, {@code [panels x P/8][rows][8]}: keys, which the scores read as rows. */
        SPLIT(false);

        private final boolean inPlace;

        Epilogue(boolean inPlace) {
            this.inPlace = inPlace;
        }
    }

    // NC: the sums of more tokens would not fit the L2 cache.
    private static final int NC_TOKENS = 256;

    private final Kernels kernels;
    private final WorkerTeam team;
    private final WeightPrefetcher prefetcher;
    private final int nc; // panels
    private final float[][] scratch; // [workers][nc][MC][P]: the sums
    private final WeightBlock[] blocks; // [workers]
    private final ReadAhead[] readAhead; // [workers]

    private WeightTiles weights;
    private Weights next;
    private float[] bias;
    private float[] in;
    private float[] out;
    private PanelLayout layout;
    private Epilogue epilogue;
    private int mc;

    /** Creates a product for the workers of a team. */
    public Gemm(Kernels kernels, WorkerTeam team, WeightPrefetcher prefetcher) {
        this.kernels = kernels;
        this.team = team;
        this.prefetcher = prefetcher;
        this.nc = Math.max(1, NC_TOKENS / kernels.panel());
        this.scratch = new float[team.threads()][kernels.panelFloats(nc, WeightTiles.MC)];
        this.blocks = new WeightBlock[team.threads()];
        Arrays.setAll(blocks, i -> new WeightBlock(kernels));
        this.readAhead = new ReadAhead[team.threads()];
        Arrays.setAll(readAhead, i -> new ReadAhead(kernels));
        this.weights = WeightTiles.EMPTY;
        this.next = weights;
        this.bias = new float[0];
        this.in = bias;
        this.out = bias;
        this.layout = new PanelLayout(kernels);
        this.epilogue = Epilogue.STORE;
    }

    /**
     * Runs the layer.
     *
     * @param matrix {@code rows x columns}
     * @param rowBias {@code [rows]}
     * @param input panels {@code [panels][columns][P]}
     * @param output panels {@code [panels][rows][P]}, or tiles for {@link Epilogue#SPLIT}
     */
    public void run(
            WeightTiles matrix, float[] rowBias, float[] input, float[] output, PanelLayout panels, Epilogue finish) {
        weights = matrix;
        next = prefetcher.after(matrix);
        bias = rowBias;
        in = input;
        out = output;
        layout = panels;
        epilogue = finish;
        mc = matrix.mc(team.threads());
        team.run(team.threads() * featureBlocks(), this);
    }

    /**
     * Multiplies a worker's panels by MC features. Every worker owns the same number of panels, the same ones in all
     * layers; the features of left-over panels are divided among the workers.
     */
    @Override
    public void run(int unit, int worker) {
        int share = unit / featureBlocks();
        int part = unit % featureBlocks();
        int first = part * mc;
        int count = layout.shareSize(share, team.threads(), part, featureBlocks());
        for (int chunk = 0; chunk < count; chunk += nc) {
            for (int block = 0; block < weights.columns(); block += KC) {
                multiplyBlock(first, share, chunk, count, block, worker);
            }
        }
    }

    private int featureBlocks() {
        return Math.ceilDiv(weights.rows(), mc);
    }

    /** Multiplies the panels of a chunk by an MC x KC block of weights. */
    private void multiplyBlock(int first, int share, int chunk, int count, int block, int worker) {
        int end = Math.min(chunk + nc, count);
        int rows = Math.min(mc, weights.rows() - first);
        int steps = Math.min(KC, weights.columns() - block);
        WeightBlock tiles = blocks[worker];
        tiles.load(weights.packed(), first, rows, block, steps);
        ReadAhead ahead = readAhead[worker];
        int calls = calls(share, chunk, end, rows);
        if (block + KC < weights.columns()) {
            ahead.begin(weights.packed(), first, block + KC, rows, calls, steps);
        } else if (end < count) {
            ahead.begin(weights.packed(), first, 0, rows, calls, steps);
        } else if (first + mc < weights.rows()) {
            ahead.begin(weights.packed(), first + mc, 0, mc, calls, steps);
        } else {
            ahead.begin(next.packed(), 0, 0, WeightTiles.MC, calls, steps);
        }
        for (int position = chunk; position < end; position++) {
            int index = layout.inShare(share, team.threads(), position);
            float[] sums = scratch[worker];
            int at = kernels.rowAt(position - chunk, WeightTiles.MC, 0);
            if (kernels.isTail(layout.tokens(index))) {
                multiplyTails(tiles, first, rows, index, block, sums, at);
            } else {
                multiplyPanel(tiles, first, rows, index, block, sums, at, ahead);
            }
        }
    }

    /** Returns how often a block of weights calls the kernel that reads ahead. */
    private int calls(int share, int chunk, int end, int rows) {
        int panels = 0;
        for (int position = chunk; position < end; position++) {
            int tokens = layout.tokens(layout.inShare(share, team.threads(), position));
            panels += kernels.isTail(tokens) ? 0 : 1;
        }
        return panels * Math.ceilDiv(rows, TILE);
    }

    /**
     * Multiplies one panel. Each tile is finished right after its last block, while its sums are still in the L1 cache;
     * an epilogue that can work in place accumulates in the output itself.
     */
    private void multiplyPanel(
            WeightBlock tiles, int first, int rows, int index, int block, float[] sums, int sums0, ReadAhead ahead) {
        int panel = kernels.panel();
        int columns = weights.columns();
        int lanes = kernels.lanes(layout.tokens(index));
        boolean inPlace = epilogue.inPlace && rows % TILE == 0;
        float[] c = inPlace ? out : sums;
        int c0 = inPlace ? outputAt(first, index) : sums0;
        int rowStride = inPlace || columns > KC ? panel : 0;
        int steps = Math.min(KC, columns - block);
        int from = kernels.rowAt(index, columns, block);
        boolean last = block + steps == columns && !(inPlace && epilogue == Epilogue.STORE);
        for (int row = 0; row < rows; row += TILE) {
            int at = c0 + row * rowStride;
            int count = Math.min(TILE, rows - row);
            float[] a = tiles.array(row / TILE);
            int tile = tiles.at(row / TILE);
            if (block == 0) {
                kernels.fillRows(bias, first + row, count, c, at);
            }
            ahead.next(steps, a, tile);
            float[] far = ahead.floats();
            int farAt = ahead.at();
            ahead.keep(kernels.multiply(
                    lanes, steps, a, tile, in, from, c, at, far, farAt, ahead.spacing(), ahead.pace()));
            if (last) {
                finish(first + row, count, index, c, at);
            }
        }
    }

    /**
     * Multiplies a panel with few tokens, 32 features at a time with tokens as rows, and transposes after the last
     * block.
     */
    private void multiplyTails(WeightBlock tiles, int first, int rows, int index, int block, float[] sums, int sums0) {
        for (int row = 0; row < rows; row += TAIL_FEATURES) {
            int count = Math.min(TAIL_FEATURES, rows - row);
            tiles.join(row / TILE, Math.ceilDiv(count, TILE));
            float[] a = tiles.array(row / TILE);
            int tile = tiles.at(row / TILE);
            for (int token = 0; token < layout.tokens(index); token += kernels.tailTokens()) {
                int at = sums0 + row * kernels.panel() + token * TAIL_FEATURES; // [tailTokens][32]
                multiplyTail(a, tile, first + row, count, index, token, block, sums, at);
            }
        }
    }

    /** Multiplies the tokens that the kernel takes at once by 32 features. */
    private void multiplyTail(
            float[] a, int tile, int first, int count, int index, int token, int block, float[] sums, int at) {
        int columns = weights.columns();
        int steps = Math.min(KC, columns - block);
        int from = kernels.rowAt(index, columns, block) + token;
        int tokens = Math.min(kernels.tailTokens(), layout.tokens(index) - token);
        if (block == 0) {
            for (int t = 0; t < kernels.tailTokens(); t++) {
                System.arraycopy(bias, first, sums, at + t * TAIL_FEATURES, count);
            }
        }
        int tiles = Math.ceilDiv(count, TILE);
        kernels.multiplyTail(tokens, tiles, steps, a, tile, steps * TILE, in, from, sums, at);
        if (block + steps == columns) {
            finishTail(first, count, index, token, tokens, sums, at);
        }
    }

    /** Writes only the lanes that hold tokens; the others are never read. */
    private void finishTail(int first, int rows, int index, int token, int tokens, float[] sums, int at) {
        activate(sums, at, sums, at, tokens * TAIL_FEATURES);
        if (epilogue == Epilogue.SPLIT) {
            splitTail(first, rows, index, token, tokens, sums, at);
            return;
        }
        int to = outputAt(first, index) + token;
        int stride = kernels.panel();
        for (int feature = 0; feature < rows; feature++) {
            for (int t = 0; t < tokens; t++) {
                float sum = sums[at + t * TAIL_FEATURES + feature];
                int place = to + feature * stride + t;
                out[place] = epilogue == Epilogue.ADD ? out[place] + sum : sum;
            }
        }
    }

    /** Writes each token to its tile, which may not be that of the token before. */
    private void splitTail(int first, int rows, int index, int token, int tokens, float[] sums, int at) {
        for (int t = 0; t < tokens; t++) {
            int tile = (token + t) / TILE;
            int to = splitAt(first, index) + tile * TILE * weights.rows() + (token + t) % TILE;
            for (int feature = 0; feature < rows; feature++) {
                out[to + feature * TILE] = sums[at + t * TAIL_FEATURES + feature];
            }
        }
    }

    private int splitAt(int first, int index) {
        return index * kernels.panel() * weights.rows() + first * TILE;
    }

    private int outputAt(int row, int index) {
        return kernels.rowAt(index, weights.rows(), row);
    }

    private void finish(int first, int rows, int index, float[] sums, int at) {
        int panel = kernels.panel();
        int to = outputAt(first, index);
        switch (epilogue) {
            case STORE -> System.arraycopy(sums, at, out, to, rows * panel);
            case GELU, TANH_GELU, QUICK_GELU -> activate(sums, at, out, to, rows * panel);
            case ADD -> kernels.add(sums, at, out, to, rows * panel);
            case SPLIT -> kernels.splitPanel(sums, at, rows, out, splitAt(first, index), weights.rows() * TILE);
        }
    }

    private void activate(float[] sums, int at, float[] target, int to, int count) {
        switch (epilogue) {
            case STORE, ADD, SPLIT -> {}
            case GELU -> kernels.gelu(sums, at, target, to, count);
            case TANH_GELU -> kernels.tanhGelu(sums, at, target, to, count);
            case QUICK_GELU -> kernels.quickGelu(sums, at, target, to, count);
        }
    }
}
