package glimpse.engine.kernel;

import static glimpse.engine.kernel.FirstLevelCache.BLOCK;
import static glimpse.engine.kernel.Kernels.AHEAD;
import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TAIL_TOKENS;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.parallel.WorkerTeam;

/**
 * A linear layer over the panels of a batch: {@code out = epilogue(weights x in + bias)}. One unit of work is a group of
 * features for all panels. k goes in blocks: a block of the group's weights stays in the second-level cache while the
 * panels go by, and a panel's block in the first-level cache while the group's tiles do. Meanwhile the next block is read
 * ahead. Nothing of this changes a result: each value is bias, then one fused multiply-add for each k, ascending.
 *
 * <p>Belongs to one session; reused for all its layers.
 */
public final class Gemm implements WorkerTeam.Task {
    /** What becomes of a finished group of rows. */
    public enum Epilogue {
        /** Stored as rows of the output's panel. */
        STORE(true),
        /** GELU, then stored. */
        GELU(true),
        /** GELU by tanh, then stored. */
        TANH_GELU(true),
        /** GELU by the logistic function, then stored. */
        QUICK_GELU(true),
        /** Added to what the output's panel holds: the residual line. */
        ADD(false),
        /** Cut into tiles of 8 tokens, {@code [panels x P/8][rows][8]}: keys, which the scores read as rows. */
        SPLIT(false);

        private final boolean inPlace;

        Epilogue(boolean inPlace) {
            this.inPlace = inPlace;
        }
    }

    // Panels that go by together: a batch has more, whose sums would not fit the second-level cache.
    private static final int CHUNK = 8;

    private final Kernels kernels;
    private final WorkerTeam team;
    private final ReadAhead readAhead;
    private final float[][] scratch; // [workers][CHUNK][group][P]: the sums
    private final int[] kept; // [workers]: of what was read ahead

    private WeightTiles weights;
    private Weights next;
    private float[] bias;
    private float[] in;
    private float[] out;
    private PanelLayout layout;
    private Epilogue epilogue;
    private int group;

    /** A product for the workers of a team. */
    public Gemm(Kernels kernels, WorkerTeam team, ReadAhead readAhead) {
        this.kernels = kernels;
        this.team = team;
        this.readAhead = readAhead;
        this.scratch = new float[team.threads()][kernels.panelFloats(CHUNK, WeightTiles.largestGroup())];
        this.kept = new int[team.threads()];
        this.weights = WeightTiles.pack(new float[0], 0, 0, 0);
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
        next = readAhead.after(matrix);
        bias = rowBias;
        in = input;
        out = output;
        layout = panels;
        epilogue = finish;
        group = matrix.group(team.threads());
        team.run(team.threads() * groups(), this);
    }

    /**
     * A unit: a worker's panels by a group of features. Each worker has as many panels, the same in all layers; those that
     * are left over go with a part of the groups.
     */
    @Override
    public void run(int unit, int worker) {
        int share = unit / groups();
        int part = unit % groups();
        int first = part * group;
        int count = layout.shareSize(share, team.threads(), part, groups());
        for (int chunk = 0; chunk < count; chunk += CHUNK) {
            for (int block = 0; block < weights.columns(); block += BLOCK) {
                multiplyBlock(first, share, chunk, count, block, worker);
            }
        }
    }

    private int groups() {
        return Math.ceilDiv(weights.rows(), group);
    }

    /** The panels of a chunk by a block of the group's weights. */
    private void multiplyBlock(int first, int share, int chunk, int count, int block, int worker) {
        int end = Math.min(chunk + CHUNK, count);
        int rows = Math.min(group, weights.rows() - first);
        Weights aheadOf = weights;
        int ahead;
        if (block + BLOCK < weights.columns()) {
            ahead = weights.at(first, block + BLOCK);
        } else if (end < count) {
            ahead = weights.at(first, 0);
        } else if (first + group < weights.rows()) {
            ahead = weights.at(first + group, 0);
        } else {
            aheadOf = next;
            ahead = next.begin();
        }
        int steps = Math.min(BLOCK, weights.columns() - block);
        int advance = Math.max(AHEAD * steps, TILE * steps / (end - chunk));
        for (int position = chunk; position < end; position++) {
            int index = layout.inShare(share, team.threads(), position);
            float[] sums = scratch[worker];
            int at = kernels.rowAt(position - chunk, WeightTiles.largestGroup(), 0);
            if (kernels.isTail(layout.tokens(index))) {
                multiplyTails(first, rows, index, block, sums, at);
            } else {
                kept[worker] += multiplyPanel(first, rows, index, block, sums, at, aheadOf.data(), ahead, advance);
            }
            ahead += Math.ceilDiv(rows, TILE) * advance;
        }
    }

    /**
     * Each tile is finished right behind its last block, while its sums are still in the first-level cache; whatever needs
     * no room of its own is summed up in the output.
     */
    private int multiplyPanel(
            int first,
            int rows,
            int index,
            int block,
            float[] sums,
            int sums0,
            float[] aheadData,
            int ahead0,
            int advance) {
        int panel = kernels.panel();
        int columns = weights.columns();
        int lanes = kernels.lanes(layout.tokens(index));
        boolean inPlace = epilogue.inPlace && rows % TILE == 0;
        float[] c = inPlace ? out : sums;
        int c0 = inPlace ? outputAt(first, index) : sums0;
        int rowStride = inPlace || columns > BLOCK ? panel : 0;
        int steps = Math.min(BLOCK, columns - block);
        int from = kernels.rowAt(index, columns, block);
        boolean last = block + steps == columns && !(inPlace && epilogue == Epilogue.STORE);
        float[] a = weights.data();
        int ahead = ahead0;
        int read = 0;
        for (int row = 0; row < rows; row += TILE) {
            int at = c0 + row * rowStride;
            int count = Math.min(TILE, rows - row);
            int tile = weights.at(first + row, block);
            if (block == 0) {
                kernels.fillRows(bias, first + row, count, c, at);
            }
            boolean fits = ahead + AHEAD * steps <= aheadData.length;
            float[] far = fits ? aheadData : a;
            read += kernels.multiply(lanes, steps, a, tile, in, from, c, at, far, fits ? ahead : tile);
            ahead += advance;
            if (last) {
                finish(first + row, count, index, c, at);
            }
        }
        return read;
    }

    /** A panel with few tokens: 32 features at a time, by tokens, and behind the last block to their places in a panel. */
    private void multiplyTails(int first, int rows, int index, int block, float[] sums, int sums0) {
        for (int row = 0; row < rows; row += TAIL_FEATURES) {
            for (int token = 0; token < layout.tokens(index); token += TAIL_TOKENS) {
                int at = sums0 + row * kernels.panel() + token * TAIL_FEATURES; // [TAIL_TOKENS][32]
                multiplyTail(first + row, Math.min(TAIL_FEATURES, rows - row), index, token, block, sums, at);
            }
        }
    }

    /** Eight tokens, or those that are left, by 32 features. */
    private void multiplyTail(int first, int count, int index, int token, int block, float[] sums, int at) {
        int columns = weights.columns();
        int steps = Math.min(BLOCK, columns - block);
        int from = kernels.rowAt(index, columns, block) + token;
        int tokens = Math.min(TAIL_TOKENS, layout.tokens(index) - token);
        if (block == 0) {
            for (int t = 0; t < TAIL_TOKENS; t++) {
                System.arraycopy(bias, first, sums, at + t * TAIL_FEATURES, count);
            }
        }
        int tiles = Math.ceilDiv(count, TILE);
        int tile = weights.at(first, block);
        kernels.multiplyTail(tokens, tiles, steps, weights.data(), tile, steps * TILE, in, from, sums, at);
        if (block + steps == columns) {
            finishTail(first, count, index, token, tokens, sums, at);
        }
    }

    /** Only the lanes of tokens are written: the others hold what they held, and nobody reads them. */
    private void finishTail(int first, int rows, int index, int token, int tokens, float[] sums, int at) {
        activate(sums, at, sums, at, tokens * TAIL_FEATURES);
        boolean split = epilogue == Epilogue.SPLIT;
        int to = split ? splitAt(first, index) + token * weights.rows() : outputAt(first, index) + token;
        int stride = split ? TILE : kernels.panel();
        for (int feature = 0; feature < rows; feature++) {
            for (int t = 0; t < tokens; t++) {
                float sum = sums[at + t * TAIL_FEATURES + feature];
                int place = to + feature * stride + t;
                out[place] = epilogue == Epilogue.ADD ? out[place] + sum : sum;
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
