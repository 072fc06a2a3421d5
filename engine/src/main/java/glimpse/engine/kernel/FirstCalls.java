package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.ALIGNMENT_OFFSET;
import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TAIL_TOKENS;
import static glimpse.engine.kernel.Kernels.TILE;

/**
 * Calls the kernels of a forward pass on zeros, so that the virtual machine compiles them. Their loops are short: long
 * ones would have it compile each loop by itself first, for the call that runs.
 */
public final class FirstCalls {
    private static final int STEPS = 24; // as many rounds of a loop as let the compiler unroll it
    private static final int ROUNDS = 24; // more than the calls after which a kernel is compiled

    private final Kernels kernels;
    private final int panel;
    private final float[] tiles; // [4][STEPS][8]
    private final float[] rows; // [STEPS][P]
    private final float[] out; // [STEPS][P] or [8][32]
    private final float[] columns; // [P]
    private int read;

    private FirstCalls(Kernels kernels) {
        this.kernels = kernels;
        this.panel = kernels.panel();
        this.tiles = new float[ALIGNMENT_OFFSET + STEPS * TAIL_FEATURES + TILE];
        this.rows = new float[kernels.panelFloats(1, STEPS)];
        this.out = new float[Math.max(kernels.panelFloats(1, STEPS), ALIGNMENT_OFFSET + TAIL_TOKENS * TAIL_FEATURES)];
        this.columns = new float[panel];
    }

    /** Calls the kernels of this process often enough for all of them to be compiled. */
    public static void run() {
        run(KernelProvider.kernels());
    }

    static void run(Kernels kernels) {
        FirstCalls calls = new FirstCalls(kernels);
        for (int i = 0; i < ROUNDS; i++) {
            calls.linearLayer();
        }
        for (int i = 0; i < ROUNDS; i++) {
            calls.attention();
        }
    }

    private void linearLayer() {
        int at = ALIGNMENT_OFFSET;
        kernels.layerNorm(panel, rows, at, STEPS, tiles, tiles, 1e-6f, out, at);
        kernels.fillRows(tiles, at, TILE, out, at);
        read += kernels.multiply(panel, STEPS, tiles, at, rows, at, out, at, tiles, at);
        if (kernels.isTail(1)) {
            kernels.multiplyTail(1, 4, STEPS, tiles, at, STEPS * TILE, rows, at, out, at);
        } else {
            read += kernels.multiply(kernels.lanes(1), STEPS, tiles, at, rows, at, out, at, tiles, at);
        }
        kernels.gelu(rows, at, out, at, STEPS * panel);
        kernels.add(rows, at, out, at, STEPS * panel);
    }

    private void attention() {
        int at = ALIGNMENT_OFFSET;
        kernels.splitPanel(rows, at, STEPS, out, at, STEPS * TILE);
        kernels.softmax(panel, rows, at, STEPS, columns);
        kernels.scaleColumns(rows, at, STEPS, columns, out, at);
    }
}
