package glimpse.bench.lab;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** The GEMM's blocking: MR x NR, the micro-tile held in registers, and KC, the steps of k before it is stored. */
final class BlockingParameters {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    private BlockingParameters() {}

    private interface Kernel {
        void multiply(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0);
    }

    static Experiment microTile() {
        Product product = new Product(768, 192, 12 * LANES);
        return new Experiment(
                "micro-tile, MR rows x NR vectors, 768 x 192",
                "GFLOP/s",
                product::reference,
                1e-3f,
                List.of(
                        variant("8 x 2", product, 8, 2, 192, MicroKernels::rows8x2),
                        variant("4 x 2", product, 4, 2, 192, MicroKernels::rows4x2),
                        variant("8 x 1", product, 8, 1, 192, MicroKernels::rows8x1),
                        variant("8 x 3", product, 8, 3, 192, MicroKernels::rows8x3),
                        variant("12 x 2", product, 12, 2, 192, MicroKernels::rows12x2)));
    }

    static Experiment kc() {
        Product product = new Product(192, 768, 12 * LANES);
        return new Experiment(
                "KC, 192 x 768",
                "GFLOP/s",
                product::reference,
                1e-3f,
                List.of(
                        variant("192", product, 8, 2, 192, MicroKernels::rows8x2),
                        variant("96", product, 8, 2, 96, MicroKernels::rows8x2),
                        variant("256", product, 8, 2, 256, MicroKernels::rows8x2),
                        variant("384", product, 8, 2, 384, MicroKernels::rows8x2),
                        variant("768", product, 8, 2, 768, MicroKernels::rows8x2)));
    }

    private static Variant variant(String name, Product product, int mr, int vectors, int kc, Kernel kernel) {
        int nr = vectors * LANES;
        float[] a = product.tiles(mr, kc);
        float[] b = product.panels(nr, 0);
        float[] c = new float[product.rows * product.tokens];
        Runnable run = () -> {
            Arrays.fill(c, 0);
            for (int k = 0; k < product.columns; k += kc) {
                for (int token = 0; token < product.tokens; token += nr) {
                    for (int row = 0; row < product.rows; row += mr) {
                        kernel.multiply(
                                kc,
                                a,
                                product.rows * k + row * kc,
                                b,
                                (token / nr * product.columns + k) * nr,
                                c,
                                token * product.rows + row * nr);
                    }
                }
            }
        };
        return new Variant(name, product.flops(), run, () -> product.fromPanels(c, nr, 0));
    }
}
