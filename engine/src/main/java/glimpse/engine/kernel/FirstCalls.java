package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.ALIGNMENT_OFFSET;
import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TAIL_TOKENS;
import static glimpse.engine.kernel.Kernels.TILE;

/**
 * Calls the kernels of a forward pass on zeros, one after the other, so that the virtual machine compiles them. Their
 * loops are short: long ones would have it compile each loop by itself first, for the call that runs, and the Vector
 * API's own methods.
 */
public final class FirstCalls {
    /** Enough for a kernel to be compiled although other methods wait for the compiler. */
    private static final int CALLS = 40;

    private static final int STEPS = 2;
    private static final int LENGTH = 5; // a sum takes four rows at once and one by one
    private static final int AT = ALIGNMENT_OFFSET;

    private final Kernels kernels;
    private final int panel;
    private final float[] tiles; // [4][STEPS][8]
    private final float[] rows; // [8][P]
    private final float[] out; // [8][P], or [8][32]
    private final float[] columns; // [P]
    private final int[] kept = new int[1]; // keeps the prefetching loads alive

    private FirstCalls(Kernels kernels) {
        this.kernels = kernels;
        panel = kernels.panel();
        tiles = new float[AT + TAIL_FEATURES * STEPS + TILE];
        rows = new float[kernels.panelFloats(1, TILE)];
        out = new float[Math.max(rows.length, AT + TAIL_TOKENS * TAIL_FEATURES)];
        columns = new float[panel];
    }

    /** Calls the kernels of this process often enough for all of them to be compiled. */
    public static void run() {
        run(KernelProvider.kernels());
    }

    static void run(Kernels kernels) {
        FirstCalls calls = new FirstCalls(kernels);
        repeat(calls::multiply);
        repeat(calls::multiplyLast);
        repeat(calls::moveRows);
        repeat(calls::normalise);
        repeat(calls::attend);
        repeat(calls::activate);
    }

    private static void repeat(Runnable calls) {
        for (int i = 0; i < CALLS; i++) {
            calls.run();
        }
    }

    private void multiply() {
        kept[0] += kernels.multiply(panel, STEPS, tiles, AT, rows, AT, out, AT, tiles, AT, 0, 0);
    }

    /** Multiplies a panel of one token. */
    private void multiplyLast() {
        if (kernels.isTail(1)) {
            kernels.multiplyTail(1, 4, STEPS, tiles, AT, STEPS * TILE, rows, AT, out, AT);
        } else {
            kept[0] += kernels.multiply(kernels.lanes(1), STEPS, tiles, AT, rows, AT, out, AT, tiles, AT, 0, 0);
        }
    }

    private void moveRows() {
        kernels.fillRows(tiles, AT, STEPS, out, AT);
        kernels.add(rows, AT, out, AT, STEPS * panel);
        kernels.splitPanel(rows, AT, STEPS, out, AT, STEPS * TILE);
    }

    private void normalise() {
        kernels.layerNorm(panel, rows, AT, LENGTH, tiles, tiles, 1e-6f, out, AT);
    }

    private void attend() {
        kernels.softmax(panel, rows, AT, STEPS, columns);
        kernels.scaleColumns(rows, AT, STEPS, columns, out, AT);
    }

    private void activate() {
        kernels.gelu(rows, AT, out, AT, STEPS * panel);
    }
}
