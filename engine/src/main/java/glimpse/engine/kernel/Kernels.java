package glimpse.engine.kernel;

/**
 * The inner loops. Both implementations give the same bits: the same operations, in the same order, with fused
 * multiply-adds in the same places. Stateless and thread-safe; no method allocates.
 */
public sealed interface Kernels permits VectorKernels, ScalarKernels {
    /** Rows of a tile. */
    int TILE = 8;

    /**
     * Where the first panel begins in an array of panels. A float array's elements begin 16 bytes behind its own beginning,
     * and 12 floats more make a cache line: where objects begin at lines (-XX:ObjectAlignmentInBytes=64), no vector of a
     * panel crosses one, which makes a pass 4 % shorter. Elsewhere it is as good as any.
     */
    int FIRST = 12;

    /** The most tokens that {@link #multiplyTail} takes at once. */
    int TAIL_TOKENS = 8;

    /** Features of a tail that go by together: four tiles. */
    int TAIL_FEATURES = 4 * TILE;

    /** Floats that {@link #multiply} goes forward in what it reads ahead, a step. */
    int AHEAD = 2;

    /** P, the tokens of a panel: a multiple of {@link #TILE}; half of it is one vector. */
    int panel();

    /** Where a row of a panel begins in an array of panels {@code [panels][length][P]}. */
    default int rowAt(int index, int length, int row) {
        return FIRST + (index * length + row) * panel();
    }

    /** Floats of an array of panels {@code [panels][length][P]}. */
    default int panelFloats(int panels, int length) {
        return Math.addExact(FIRST, Math.multiplyExact(Math.multiplyExact(panels, length), panel()));
    }

    /**
     * The lanes that are computed for a panel that holds so many tokens: P, or a part of it that holds them all.
     *
     * @param tokens 1..P
     */
    int lanes(int tokens);

    /** What these kernels are, for a log line. */
    String description();

    /**
     * {@code c[r][t] += sum over p of a[p][r] * b[p][t]}, p ascending, each step one fused multiply-add.
     *
     * @param lanes for how many tokens of the panel: what {@link #lanes} says
     * @param k number of steps
     * @param a tile {@code [k][8]} at {@code a0}
     * @param b panel {@code [k][P]} at {@code b0}
     * @param c {@code [8][P]} at {@code c0}
     * @param ahead what is needed soon: {@code AHEAD x k} floats at {@code ahead0} are read, so that they come nearer
     * @return something made of what was read ahead; to be kept, or the compiler drops the reading
     */
    int multiply(int lanes, int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] ahead, int ahead0);

    /**
     * Whether so many tokens of a panel cost less as tails, by {@link #multiplyTail}, than by {@link #multiply}.
     *
     * @param tokens 1..P
     */
    boolean isTail(int tokens);

    /**
     * {@link #multiply} for a few tokens, with four tiles at a time: the same sums, stored by tokens.
     *
     * @param tokens 1..8; sums of more, up to 8, may be computed and count for nothing
     * @param tiles 1..4; sums of more, up to 4, may be computed and count for nothing
     * @param a tiles {@code [k][8]}, each {@code stride} behind the one before, the first at {@code a0}; the 8 floats behind
     *     may be read and count for nothing
     * @param b panel {@code [k][P]} at {@code b0}
     * @param c {@code [8][32]} at {@code c0}
     */
    void multiplyTail(
            int tokens, int tiles, int k, float[] a, int a0, int stride, float[] b, int b0, float[] c, int c0);

    /** Fills {@code [rows][P]} at {@code c0} with {@code bias[bias0 + row]}. */
    void fillRows(float[] bias, int bias0, int rows, float[] c, int c0);

    /** {@code out[i] = gelu(in[i])}, the exact (erf) GELU, for {@code count} values, a multiple of P. */
    void gelu(float[] in, int in0, float[] out, int out0, int count);

    /** {@code out[i] = x sigmoid(2 sqrt(2/pi) (x + 0.044715 x^3))}, the GELU by tanh, as {@link #gelu}. */
    void tanhGelu(float[] in, int in0, float[] out, int out0, int count);

    /** {@code out[i] = x sigmoid(1.702 x)}, as {@link #gelu}. */
    void quickGelu(float[] in, int in0, float[] out, int out0, int count);

    /**
     * {@code out[i] = x sigmoid(x) y} of {@code x = in[gate0 + i]} and {@code y = in[in0 + i]}, for {@code count} values, a
     * multiple of P.
     */
    void swiglu(float[] in, int gate0, int in0, float[] out, int out0, int count);

    /** {@code out[i] += in[i]} for {@code count} values, a multiple of P. */
    void add(float[] in, int in0, float[] out, int out0, int count);

    /**
     * LayerNorm down the rows of a panel, each token by itself.
     *
     * @param lanes for how many tokens of the panel: what {@link #lanes} says
     * @param x {@code [length][P]} at {@code x0}
     * @param gamma {@code [length]}
     * @param beta {@code [length]}
     * @param out {@code [length][P]} at {@code out0}
     */
    void layerNorm(
            int lanes,
            float[] x,
            int x0,
            int length,
            float[] gamma,
            float[] beta,
            float epsilon,
            float[] out,
            int out0);

    /**
     * Softmax down the rows of a panel without its last step: each value becomes {@code exp(value - max)}, and {@code
     * inverse} receives one over each column's sum.
     *
     * @param lanes for how many columns: what {@link #lanes} says
     * @param s {@code [keys][P]} at {@code s0}, keys at least 1
     * @param inverse {@code [P]}; as many as there are lanes are of use
     */
    void softmax(int lanes, float[] s, int s0, int keys, float[] inverse);

    /** {@code out[row][t] = in[row][t] * factor[t]} for {@code [rows][P]}. */
    void scaleColumns(float[] in, int in0, int rows, float[] factor, float[] out, int out0);

    /**
     * Cuts {@code [rows][P]} into P/8 tiles {@code [rows][8]}.
     *
     * @param stride from the beginning of one tile in {@code out} to the next one's
     */
    void splitPanel(float[] in, int in0, int rows, float[] out, int out0, int stride);
}
