package glimpse.bench.lab;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/** Weights that are in no near cache, as in a whole pass: 60 MB of matrices in turn, and ways to fetch the next one. */
final class ReadingAhead {
    private static final int PANEL = 2 * FloatVector.SPECIES_PREFERRED.length();
    private static final int MATRICES = 400;

    private final Product product = new Product(192, 192, 6 * PANEL);
    private final float[] b = product.panels(PANEL, 0);
    private final float[] c = new float[product.rows * product.tokens];
    private final float[][] a = new float[MATRICES][];
    private int next;
    private final int[] kept = new int[1]; // of what was read ahead

    private ReadingAhead() {
        float[] tiles = product.tiles(8, 192);
        Arrays.setAll(a, i -> tiles.clone());
    }

    private interface Kernel {
        int multiply(int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] ahead, int ahead0);
    }

    static Experiment experiment() {
        ReadingAhead lab = new ReadingAhead();
        return new Experiment(
                "reading the next weights ahead, 192 x 192 from 60 MB",
                "GFLOP/s",
                lab.product::reference,
                1e-3f,
                List.of(
                        lab.variant("not at all", 0, ReadingAhead::plain),
                        lab.variant("two floats a step", 2, BlocksAhead::everyTwo),
                        lab.variant("eight floats a step", 8, BlocksAhead::everyEight),
                        lab.variant("a line at a time behind each tile", 2, ReadingAhead::lines),
                        lab.variant("all weights near (one matrix)", -1, ReadingAhead::plain)));
    }

    private Variant variant(String name, int stride, Kernel kernel) {
        Runnable run = () -> {
            Arrays.fill(c, 0);
            float[] current = a[next];
            next = stride < 0 ? 0 : (next + 1) % MATRICES;
            float[] ahead = a[next];
            int at = 0;
            for (int panel = 0; panel < product.tokens / PANEL; panel++) {
                for (int row = 0; row < product.rows; row += 8) {
                    int from = row * product.columns;
                    boolean fits = at + stride * product.columns <= ahead.length;
                    kept[0] += kernel.multiply(
                            product.columns,
                            current,
                            from,
                            b,
                            panel * product.columns * PANEL,
                            c,
                            (panel * product.rows + row) * PANEL,
                            fits ? ahead : current,
                            fits ? at : from);
                    at += fits ? stride * product.columns : 0;
                }
            }
        };
        return new Variant(name, product.flops(), run, () -> product.fromPanels(c, PANEL, 0));
    }

    private static int plain(
            int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] ahead, int ahead0) {
        Blocks.rows8x2(k, a, a0, b, b0, c, c0);
        return 0;
    }

    private static int lines(
            int k, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] ahead, int ahead0) {
        Blocks.rows8x2(k, a, a0, b, b0, c, c0);
        int read = 0;
        for (int i = 0; i < 2 * k; i += 16) {
            read += Float.floatToRawIntBits(ahead[ahead0 + i]);
        }
        return read;
    }
}
