package glimpse.bench.lab;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * Ways to prefetch the next weights. The kernel cycles through 60 MB of matrices, so that, as in a forward pass, no
 * weights are in the L1 or L2 cache when it gets to them.
 */
final class WeightPrefetching {
    private static final int PANEL = 2 * FloatVector.SPECIES_PREFERRED.length();
    private static final int MATRICES = 400;

    private final Product product = new Product(192, 192, 6 * PANEL);
    private final float[] b = product.panels(PANEL, 0);
    private final float[] c = new float[product.rows * product.tokens];
    private final float[][] a = new float[MATRICES][];
    private int next;
    private final int[] loaded = new int[1]; // keeps the loads alive

    private WeightPrefetching() {
        float[] tiles = product.tiles(8, 192);
        Arrays.setAll(a, i -> tiles.clone());
    }

    private interface Kernel {
        int multiply(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] prefetch, int prefetch0);
    }

    static Experiment experiment() {
        WeightPrefetching lab = new WeightPrefetching();
        return new Experiment(
                "prefetching the next weights, 192 x 192 from 60 MB",
                "GFLOP/s",
                lab.product::reference,
                1e-3f,
                List.of(
                        lab.variant("none", 0, WeightPrefetching::plain),
                        lab.variant("2 floats per step", 2, PrefetchingKernels::stride2),
                        lab.variant("8 floats per step", 8, PrefetchingKernels::stride8),
                        lab.variant("a burst of cache lines after each tile", 2, WeightPrefetching::burst),
                        lab.variant("weights in cache (one matrix)", -1, WeightPrefetching::plain)));
    }

    /** With a stride of -1 the same matrix is used every time; otherwise floats to prefetch per step of k. */
    private Variant variant(String name, int stride, Kernel kernel) {
        Runnable run = () -> {
            Arrays.fill(c, 0);
            float[] current = a[next];
            next = stride < 0 ? 0 : (next + 1) % MATRICES;
            float[] prefetch = a[next];
            int at = 0;
            for (int panel = 0; panel < product.tokens / PANEL; panel++) {
                for (int row = 0; row < product.rows; row += 8) {
                    int from = row * product.columns;
                    boolean fits = at + stride * product.columns <= prefetch.length;
                    loaded[0] += kernel.multiply(
                            product.columns,
                            current,
                            from,
                            b,
                            panel * product.columns * PANEL,
                            c,
                            (panel * product.rows + row) * PANEL,
                            fits ? prefetch : current,
                            fits ? at : from);
                    at += fits ? stride * product.columns : 0;
                }
            }
        };
        return new Variant(name, product.flops(), run, () -> product.fromPanels(c, PANEL, 0));
    }

    private static int plain(
            int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] prefetch, int prefetch0) {
        MicroKernels.rows8x2(k, a, a0, b, b0, c, c0);
        return 0;
    }

    private static int burst(
            int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] prefetch, int prefetch0) {
        MicroKernels.rows8x2(k, a, a0, b, b0, c, c0);
        int read = 0;
        for (int i = 0; i < 2 * k; i += 16) {
            read += Float.floatToRawIntBits(prefetch[prefetch0 + i]);
        }
        return read;
    }
}
