package glimpse.bench.lab;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** How many rows by how many vectors of tokens stay in registers, and how many columns go by before the sums are stored. */
final class RegisterBlocks {
    private static final int LANES = FloatVector.SPECIES_PREFERRED.length();

    private RegisterBlocks() {}

    private interface Kernel {
        void multiply(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0);
    }

    static Experiment shapes() {
        Product product = new Product(768, 192, 12 * LANES);
        return new Experiment(
                "rows by vectors in registers, 768 x 192",
                "GFLOP/s",
                product::reference,
                1e-3f,
                List.of(
                        variant("8 x 2", product, 8, 2, 192, Blocks::rows8x2),
                        variant("4 x 2", product, 4, 2, 192, Blocks::rows4x2),
                        variant("8 x 1", product, 8, 1, 192, Blocks::rows8x1),
                        variant("8 x 3", product, 8, 3, 192, Blocks::rows8x3),
                        variant("12 x 2", product, 12, 2, 192, Blocks::rows12x2)));
    }

    static Experiment columns() {
        Product product = new Product(192, 768, 12 * LANES);
        return new Experiment(
                "columns in a block, 192 x 768",
                "GFLOP/s",
                product::reference,
                1e-3f,
                List.of(
                        variant("192 columns", product, 8, 2, 192, Blocks::rows8x2),
                        variant("96 columns", product, 8, 2, 96, Blocks::rows8x2),
                        variant("256 columns", product, 8, 2, 256, Blocks::rows8x2),
                        variant("384 columns", product, 8, 2, 384, Blocks::rows8x2),
                        variant("all 768", product, 8, 2, 768, Blocks::rows8x2)));
    }

    private static Variant variant(String name, Product product, int tile, int vectors, int block, Kernel kernel) {
        int panel = vectors * LANES;
        float[] a = product.tiles(tile, block);
        float[] b = product.panels(panel, 0);
        float[] c = new float[product.rows * product.tokens];
        Runnable run = () -> {
            Arrays.fill(c, 0);
            for (int k = 0; k < product.columns; k += block) {
                for (int at = 0; at < product.tokens; at += panel) {
                    for (int row = 0; row < product.rows; row += tile) {
                        int from = product.rows * k + row * block;
                        kernel.multiply(
                                block,
                                a,
                                from,
                                b,
                                (at / panel * product.columns + k) * panel,
                                c,
                                at * product.rows + row * panel);
                    }
                }
            }
        };
        return new Variant(name, product.flops(), run, () -> product.fromPanels(c, panel, 0));
    }
}
