package glimpse.engine.kernel;

/**
 * The inner loops. Both implementations give the same bits: the same operations, in the same order, with fused
 * multiply-adds in the same places. Stateless and thread-safe; no method allocates. Operands are packed as the package
 * describes; {@code x0} names the index in array {@code x} where an operand begins.
 */
public sealed interface Kernels permits VectorKernels, ScalarKernels {
    /** MR: rows of a tile. */
    int TILE = 8;

    /**
     * Index of the first panel in an array of panels. The elements of a float array begin 16 bytes into the object, and
     * 12 floats more complete a cache line: where objects are aligned to lines (-XX:ObjectAlignmentInBytes=64), no
     * vector of a panel crosses one, which makes a pass 4 % shorter. Elsewhere the offset makes no difference.
     */
    int ALIGNMENT_OFFSET = 12;

    /** The most tokens that {@link #tailTokens} may return. */
    int TAIL_TOKENS = 8;

    /** Features that {@link #multiplyTail} computes at once: four tiles. */
    int TAIL_FEATURES = 4 * TILE;

    /** Floats in a line of the cache on nearly all processors. */
    int LINE_FLOATS = 16;

    /** Steps of k for which a stream that {@link #multiply} reads ahead advances by a given number of floats. */
    int STREAM_STEPS = 16;

    /** Returns P (NR): the tokens of a panel, a multiple of {@link #TILE} and of two vectors. */
    int panel();

    /** Returns where a row of a panel begins in an array of panels {@code [panels][length][P]}. */
    default int rowAt(int index, int length, int row) {
        return ALIGNMENT_OFFSET + (index * length + row) * panel();
    }

    /** Returns the length of an array of panels {@code [panels][length][P]}. */
    default int panelFloats(int panels, int length) {
        return Math.addExact(ALIGNMENT_OFFSET, Math.multiplyExact(Math.multiplyExact(panels, length), panel()));
    }

    /**
     * Returns how many lanes are computed for a panel that holds this many tokens: P, or fewer that hold them all.
     *
     * @param tokens 1..P
     */
    int lanes(int tokens);

    /** Returns the number of streams in which {@link #multiply} reads ahead. */
    int streams();

    /** Returns a description of these kernels for a log line. */
    String description();

    /**
     * Computes {@code c[r][t] += sum over p of a[p][r] * b[p][t]}, p ascending, each step one fused multiply-add.
     *
     * @param lanes lanes of the panel to compute, from {@link #lanes}
     * @param k number of steps
     * @param a tile {@code [k][8]} at {@code a0}
     * @param b panel {@code [k][P]} at {@code b0}
     * @param c {@code [8][P]} at {@code c0}
     * @param ahead data to read ahead in {@link #streams} streams, the first at {@code ahead0}
     * @param spacing distance from one stream to the next
     * @param pace floats by which a stream advances in {@link #STREAM_STEPS} steps of k, at most a line of the cache
     *     where there are several streams
     * @return a value that depends on the floats that were touched; the caller must store it, or the compiler removes
     *     the loads
     */
    int multiply(
            int lanes,
            int k,
            float[] a,
            int a0,
            float[] b,
            int b0,
            float[] c,
            int c0,
            float[] ahead,
            int ahead0,
            int spacing,
            int pace);

    /**
     * Returns whether this many tokens of a panel cost less with {@link #multiplyTail} than with {@link #multiply}.
     *
     * @param tokens 1..P
     */
    boolean isTail(int tokens);

    /** Returns how many tokens {@link #multiplyTail} takes at once, at most {@link #TAIL_TOKENS}. */
    int tailTokens();

    /**
     * Does what {@link #multiply} does, for few tokens and four tiles at a time; the sums are stored with tokens as
     * rows.
     *
     * @param tokens 1..{@link #tailTokens}; sums for more may be computed, those past {@code tokens} are ignored
     * @param tiles 1..4; sums for up to 4 may be computed, those past {@code tiles} are ignored
     * @param a tiles {@code [k][8]}, each {@code stride} after the one before, the first at {@code a0}; the 8 floats
     *     past the last may be read and are ignored
     * @param b panel {@code [k][P]} at {@code b0}
     * @param c {@code [8][32]} at {@code c0}
     */
    void multiplyTail(
            int tokens, int tiles, int k, float[] a, int a0, int stride, float[] b, int b0, float[] c, int c0);

    /** Fills {@code [rows][P]} at {@code c0} with {@code bias[bias0 + row]}. */
    void fillRows(float[] bias, int bias0, int rows, float[] c, int c0);

    /** Computes {@code out[i] = gelu(in[i])}, the exact (erf) GELU, for {@code count} values, a multiple of P. */
    void gelu(float[] in, int in0, float[] out, int out0, int count);

    /**
     * Computes {@code out[i] = x sigmoid(2 sqrt(2/pi) (x + 0.044715 x^3))}, the tanh approximation of GELU, as
     * {@link #gelu}.
     */
    void tanhGelu(float[] in, int in0, float[] out, int out0, int count);

    /** Computes {@code out[i] = x sigmoid(1.702 x)}, as {@link #gelu}. */
    void quickGelu(float[] in, int in0, float[] out, int out0, int count);

    /**
     * Computes {@code out[i] = x sigmoid(x) y} of {@code x = in[gate0 + i]} and {@code y = in[in0 + i]}, for
     * {@code count} values, a multiple of P.
     */
    void swiglu(float[] in, int gate0, int in0, float[] out, int out0, int count);

    /** Computes {@code out[i] += in[i]} for {@code count} values, a multiple of P. */
    void add(float[] in, int in0, float[] out, int out0, int count);

    /**
     * Normalises each token of a panel (LayerNorm), down the rows.
     *
     * @param lanes lanes of the panel to compute, from {@link #lanes}
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
     * Computes softmax down the rows of a panel, except for its last step: each value becomes {@code exp(value - max)},
     * and {@code inverse} receives the reciprocal of each column's sum.
     *
     * @param lanes columns to compute, from {@link #lanes}
     * @param s {@code [keys][P]} at {@code s0}, keys at least 1
     * @param inverse {@code [P]}; the first {@code lanes} values are valid
     */
    void softmax(int lanes, float[] s, int s0, int keys, float[] inverse);

    /** Computes {@code out[row][t] = in[row][t] * factor[t]} for {@code [rows][P]}. */
    void scaleColumns(float[] in, int in0, int rows, float[] factor, float[] out, int out0);

    /**
     * Splits {@code [rows][P]} into P/8 tiles {@code [rows][8]}.
     *
     * @param stride distance from one tile in {@code out} to the next
     */
    void splitPanel(float[] in, int in0, int rows, float[] out, int out0, int stride);

    /**
     * Computes {@code out[i] = in[i] * factor} of IEEE 754 half-precision numbers. {@link #TILE} more elements of both
     * arrays may be read and written.
     */
    void widenF16(short[] in, int in0, float factor, float[] out, int out0, int count);

    /** Computes {@code out[i] = in[i] * factor} of the upper halves of floats, as {@link #widenF16}. */
    void widenBf16(short[] in, int in0, float factor, float[] out, int out0, int count);

    /**
     * Computes {@code out[i] = in[i] * scales[i % lanes] * factor}, two roundings, of {@code [count/lanes][lanes]}
     * integers. {@link #TILE} more elements of {@code in} and {@code out} may be read and written, and as many scales
     * on either side read.
     *
     * @param lanes {@link #TILE} or P
     * @param scales {@code [lanes]} at {@code scales0}
     */
    void widenBytes(
            byte[] in, int in0, int lanes, float[] scales, int scales0, float factor, float[] out, int out0, int count);
}
