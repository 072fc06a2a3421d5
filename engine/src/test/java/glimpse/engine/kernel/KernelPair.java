package glimpse.engine.kernel;

import java.util.Random;

/** The kernels of this process beside their scalar twin, and seeded inputs for both. */
public record KernelPair(Kernels vector, Kernels scalar) {
    /** Returns the pair. */
    public static KernelPair create() {
        Kernels kernels = KernelProvider.kernels();
        return new KernelPair(kernels, new ScalarKernels(kernels.panel()));
    }

    /** Returns numbers between -{@code scale} and {@code scale}. */
    public static float[] random(long seed, int count, float scale) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (2 * random.nextFloat() - 1) * scale;
        }
        return values;
    }
}
