package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.TAIL_TOKENS;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.parallel.WorkerTeam;

/**
 * A linear layer over the panels of a batch: {@code out = epilogue(weights x in + bias)}. One unit of work is a group of
 * features for all panels, so each weight is read once in a pass; k goes in blocks, so that a panel's block stays in
 * the first-level cache while the group's tiles go by. Neither changes a result: each value is bias, then one fused
 * multiply-add for each k, ascending.
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

    // A block of a panel (192 x 32 floats) and a tile's (192 x 8) leave room in a 32 KB cache for the accumulators.
    private static final int BLOCK = 192;
    private static final int LARGEST_GROUP = 192;

    private final Kernels kernels;
    private final WorkerTeam team;
    private final float[][] scratch; // [workers][LARGEST_GROUP][P], and a tail

    private WeightTiles weights;
    private float[] bias;
    private float[] in;
    private float[] out;
    private PanelLayout layout;
    private Epilogue epilogue;
    private int group;

    /** A product for the workers of a team. */
    public Gemm(Kernels kernels, WorkerTeam team) {
        this.kernels = kernels;
        this.team = team;
        this.scratch = new float[team.threads()][LARGEST_GROUP * kernels.panel() + TAIL_TOKENS * 2 * TILE];
        this.weights = WeightTiles.pack(new float[0], 0, 0, 0);
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
        bias = rowBias;
        in = input;
        out = output;
        layout = panels;
        epilogue = finish;
        int threads = team.threads();
        // as many groups as a multiple of the threads, so that all finish together
        int groups = threads * Math.ceilDiv(matrix.rows(), LARGEST_GROUP * threads);
        group = Math.ceilDiv(Math.ceilDiv(matrix.rows(), groups), TILE) * TILE;
        team.run(Math.ceilDiv(matrix.rows(), group), this);
    }

    @Override
    public void run(int unit, int worker) {
        int first = unit * group;
        int rows = Math.min(group, weights.rows() - first);
        for (int index = 0; index < layout.panels(); index++) {
            if (layout.tokens(index) <= kernels.tailTokens()) {
                multiplyTail(first, rows, index, scratch[worker]);
            } else {
                multiplyPanel(first, rows, index, scratch[worker]);
            }
        }
    }

    /**
     * Each tile is finished right behind its last block, while its sums are still in the first-level cache; whatever needs
     * no room of its own is summed up in the output.
     */
    private void multiplyPanel(int first, int rows, int index, float[] sums) {
        int panel = kernels.panel();
        int columns = weights.columns();
        int lanes = kernels.lanes(layout.tokens(index));
        boolean inPlace = epilogue.inPlace && rows % TILE == 0;
        float[] c = inPlace ? out : sums;
        int c0 = inPlace ? outputAt(first, index) : 0;
        int rowStride = inPlace || columns > BLOCK ? panel : 0;
        for (int block = 0; block < columns; block += BLOCK) {
            int steps = Math.min(BLOCK, columns - block);
            int from = (index * columns + block) * panel;
            for (int row = 0; row < rows; row += TILE) {
                int at = c0 + row * rowStride;
                int count = Math.min(TILE, rows - row);
                if (block == 0) {
                    kernels.fillRows(bias, first + row, count, c, at);
                }
                kernels.multiply(
                        lanes, steps, weights.data(), (first + row) * columns + block * TILE, in, from, c, at);
                if (block + steps == columns) {
                    finish(first + row, count, index, c, at);
                }
            }
        }
    }

    /** A panel with few tokens: 16 features at a time, by tokens, and then to their places in the panel. */
    private void multiplyTail(int first, int rows, int index, float[] sums) {
        int panel = kernels.panel();
        int columns = weights.columns();
        int at = LARGEST_GROUP * panel; // [TAIL_TOKENS][16], behind the sums
        for (int row = 0; row < rows; row += 2 * TILE) {
            int count = Math.min(2 * TILE, rows - row);
            int tile = (first + row) * columns;
            int second = count > TILE ? tile + TILE * columns : tile;
            for (int t = 0; t < TAIL_TOKENS; t++) {
                System.arraycopy(bias, first + row, sums, at + t * 2 * TILE, count);
            }
            kernels.multiplyTail(columns, weights.data(), tile, second, in, index * columns * panel, sums, at);
            for (int feature = 0; feature < count; feature++) {
                for (int t = 0; t < TAIL_TOKENS; t++) {
                    sums[(row + feature) * panel + t] = sums[at + t * 2 * TILE + feature];
                }
            }
        }
        finish(first, rows, index, sums, 0);
    }

    private int outputAt(int row, int index) {
        return (index * weights.rows() + row) * kernels.panel();
    }

    private void finish(int first, int rows, int index, float[] sums, int at) {
        int panel = kernels.panel();
        int to = outputAt(first, index);
        switch (epilogue) {
            case STORE -> {
                if (sums != out) {
                    System.arraycopy(sums, at, out, to, rows * panel);
                }
            }
            case GELU -> kernels.gelu(sums, at, out, to, rows * panel);
            case TANH_GELU -> kernels.tanhGelu(sums, at, out, to, rows * panel);
            case QUICK_GELU -> kernels.quickGelu(sums, at, out, to, rows * panel);
            case ADD -> kernels.add(sums, at, out, to, rows * panel);
            case SPLIT -> {
                int stride = weights.rows() * TILE;
                kernels.splitPanel(sums, at, rows, out, index * (panel / TILE) * stride + first * TILE, stride);
            }
        }
    }
}
