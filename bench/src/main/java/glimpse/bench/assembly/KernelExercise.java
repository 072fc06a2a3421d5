package glimpse.bench.assembly;

import static glimpse.engine.kernel.Kernels.ALIGNMENT_OFFSET;
import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TAIL_TOKENS;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.bench.RandomModel;
import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;

/**
 * A program that calls each kernel until it is compiled, for as many steps as in a forward pass, since the compiler
 * arranges a loop by how often its branches were taken. To be run with {@code -Xbatch}: compilation is then over when
 * the calls are.
 */
final class KernelExercise {
    /** What the line begins with that tells which kernels these are. */
    static final String KERNELS = "kernels: ";

    private static final int STEPS = 96;

    private final Kernels kernels = KernelProvider.kernels();
    private final int panel = kernels.panel();
    private final float[] tiles = RandomModel.random(1, (TAIL_FEATURES + TILE) * STEPS + ALIGNMENT_OFFSET, 1f);
    private final float[] in = RandomModel.random(2, STEPS * panel + ALIGNMENT_OFFSET, 1f); // [STEPS][P]
    private final float[] out = new float[STEPS * panel + ALIGNMENT_OFFSET]; // [STEPS][P]
    private final float[] sums = new float[TAIL_TOKENS * TAIL_FEATURES + TILE * panel + ALIGNMENT_OFFSET];
    private final float[] vector = RandomModel.random(3, STEPS, 1f);
    private final float[] inverse = new float[panel];
    private int kept;

    private KernelExercise() {}

    /** Calls each kernel as often as the argument says. */
    public static void main(String[] arguments) {
        int calls = Integer.parseInt(arguments[0]);
        KernelExercise exercise = new KernelExercise();
        System.out.println(KERNELS + exercise.kernels.description());
        for (int tokens = 1; tokens <= exercise.panel; tokens++) {
            if (exercise.kernels.isTail(tokens) || exercise.kernels.lanes(tokens) == tokens) {
                exercise.multiply(tokens, calls);
            }
        }
        for (int call = 0; call < calls; call++) {
            exercise.elementwise();
        }
        if (exercise.kept == 1) {
            System.out.println(); // so that nothing is left out as unused
        }
    }

    private void multiply(int tokens, int calls) {
        int at = ALIGNMENT_OFFSET;
        boolean tail = kernels.isTail(tokens) && tokens <= kernels.tailTokens();
        int lanes = kernels.lanes(tokens);
        for (int call = 0; call < calls; call++) {
            if (tail) {
                kernels.multiplyTail(tokens, TAIL_FEATURES / TILE, STEPS, tiles, at, STEPS * TILE, in, at, sums, at);
            }
            if (lanes == tokens) {
                kept += kernels.multiply(lanes, STEPS, tiles, at, in, at, sums, at, tiles, at, 0, 0);
            }
        }
    }

    private void elementwise() {
        int at = ALIGNMENT_OFFSET;
        int count = STEPS * panel;
        kernels.gelu(in, at, out, at, count);
        kernels.tanhGelu(in, at, out, at, count);
        kernels.quickGelu(in, at, out, at, count);
        kernels.swiglu(in, at, at, out, at, count);
        kernels.add(in, at, out, at, count);
        kernels.layerNorm(panel, in, at, STEPS, vector, vector, 1e-6f, out, at);
        System.arraycopy(in, 0, out, 0, out.length);
        kernels.softmax(panel, out, at, STEPS, inverse);
        kernels.scaleColumns(in, at, STEPS, inverse, out, at);
        kernels.splitPanel(in, at, STEPS, out, at, STEPS * TILE);
        kernels.fillRows(vector, 0, TILE, sums, at);
    }
}
