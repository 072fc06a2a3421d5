package glimpse.engine.gemm;

import static glimpse.engine.kernel.Kernels.ALIGNMENT_OFFSET;
import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TAIL_TOKENS;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.kernel.Kernels;
import java.util.Arrays;

/**
 * A product of tiles by one panel, without a bias: the scores and the weighted sums of self-attention. Same order of
 * operations as {@link Gemm}. Belongs to one worker.
 */
public final class TileProduct {
    private final Kernels kernels;
    private final float[] tail = new float[TAIL_TOKENS * TAIL_FEATURES]; // [tokens][features]

    /** Creates a product that runs on these kernels. */
    public TileProduct(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Computes {@code out[row][token] = sum over p of tiles[p][row] * in[p][token]}.
     *
     * @param rows how many rows are wanted; the last tile is computed whole
     * @param k number of steps
     * @param tiles {@code [k][8]} each, the first at {@code first}, each {@code stride} after the one before; 8 floats
     *     past the last may be read
     * @param in panel {@code [k][P]} at {@code in0}
     * @param tokens how many tokens the panel holds, 1..P
     * @param out panel {@code [rows, padded to 8][P]}
     */
    public void run(
            int rows, int k, float[] tiles, int first, int stride, float[] in, int in0, int tokens, float[] out) {
        if (tokens <= kernels.tailTokens() && kernels.isTail(tokens)) {
            runTail(rows, k, tiles, first, stride, in, in0, tokens, out);
            return;
        }
        int count = Math.ceilDiv(rows, TILE);
        int lanes = kernels.lanes(tokens);
        Arrays.fill(out, 0, kernels.panelFloats(1, count * TILE), 0f);
        for (int i = 0; i < count; i++) {
            int tile = first + i * stride;
            int to = ALIGNMENT_OFFSET + i * TILE * kernels.panel();
            kernels.multiply(lanes, k, tiles, tile, in, in0, out, to, tiles, tile, 0, 0);
        }
    }

    private void runTail(
            int rows, int k, float[] tiles, int first, int stride, float[] in, int in0, int tokens, float[] out) {
        for (int row = 0; row < rows; row += TAIL_FEATURES) {
            int count = Math.min(TAIL_FEATURES, rows - row);
            Arrays.fill(tail, 0f);
            int tile = first + row / TILE * stride;
            kernels.multiplyTail(tokens, Math.ceilDiv(count, TILE), k, tiles, tile, stride, in, in0, tail, 0);
            for (int i = 0; i < count; i++) {
                int to = ALIGNMENT_OFFSET + (row + i) * kernels.panel();
                for (int t = 0; t < tokens; t++) {
                    out[to + t] = tail[t * TAIL_FEATURES + i];
                }
            }
        }
    }
}
