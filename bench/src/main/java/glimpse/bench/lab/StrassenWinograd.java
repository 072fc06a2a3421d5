package glimpse.bench.lab;

import static glimpse.engine.kernel.Kernels.ALIGNMENT_OFFSET;

import glimpse.engine.gemm.Gemm;
import glimpse.engine.gemm.PanelLayout;
import glimpse.engine.gemm.WeightPrefetcher;
import glimpse.engine.gemm.WeightTiles;
import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.parallel.WorkerTeam;
import java.util.Arrays;
import java.util.List;

/**
 * One level of Strassen-Winograd (seven half-size products and 15 additions), with the sums of weights precomputed,
 * against the engine's GEMM: 3072 x 768, a layer of DeiT-Base's MLP. Both cycle through as many matrices as a forward
 * pass has blocks, so that the weights are as cold as there.
 */
final class StrassenWinograd {
    private static final int ROWS = 3072;
    private static final int COLUMNS = 768;
    private static final int MATRICES = 12;

    private final Kernels kernels = KernelProvider.kernels();
    private final WorkerTeam team = new WorkerTeam(1);
    private final int panel = kernels.panel();
    private final Product product = new Product(ROWS, COLUMNS, 6 * panel);
    private final float[] input = product.panels(panel, ALIGNMENT_OFFSET); // [6][768][P]
    private final float[] output = new float[kernels.panelFloats(6, ROWS)]; // [6][3072][P]
    private final float[] bias = new float[ROWS];
    private final PanelLayout whole = layout(6);
    private final PanelLayout half = layout(3);
    private final float[][] b =
            new float[8][kernels.panelFloats(3, COLUMNS / 2)]; // B11 B12 B21 B22 T1..T4, [3][384][P]
    private final float[][] p = new float[7][kernels.panelFloats(3, ROWS / 2)]; // P1..P7, [3][1536][P]
    private int next;

    private StrassenWinograd() {}

    static Experiment experiment() {
        StrassenWinograd lab = new StrassenWinograd();
        return new Experiment(
                "one level of Strassen-Winograd, 3072 x 768, cycling through 12 matrices",
                "GFLOP/s (nominal)",
                lab.product::reference,
                1e-2f,
                List.of(lab.plain(), lab.winograd()));
    }

    private Variant plain() {
        Gemm gemm = new Gemm(kernels, team, new WeightPrefetcher());
        WeightTiles[] weights = new WeightTiles[MATRICES];
        Arrays.setAll(weights, i -> WeightTiles.pack(product.weights(), 0, ROWS, COLUMNS));
        Runnable run = () -> gemm.run(weights[next++ % MATRICES], bias, input, output, whole, Gemm.Epilogue.STORE);
        return new Variant(
                "the engine's GEMM", product.flops(), run, () -> product.fromPanels(output, panel, ALIGNMENT_OFFSET));
    }

    private Variant winograd() {
        Gemm gemm = new Gemm(kernels, team, new WeightPrefetcher());
        WeightTiles[][] weights = new WeightTiles[MATRICES][];
        Arrays.setAll(weights, i -> packSums());
        Runnable run = () -> run(gemm, weights[next++ % MATRICES]);
        return new Variant(
                "seven half-size products",
                product.flops(),
                run,
                () -> product.fromPanels(output, panel, ALIGNMENT_OFFSET));
    }

    private WeightTiles[] packSums() {
        float[] a11 = quarter(0, 0);
        float[] a12 = quarter(0, 1);
        float[] a21 = quarter(1, 0);
        float[] a22 = quarter(1, 1);
        float[] s1 = combine(a21, a22, 1);
        float[] s2 = combine(s1, a11, -1);
        float[] s3 = combine(a11, a21, -1);
        float[] s4 = combine(a12, s2, -1);
        float[][] factors = {a11, a12, s4, a22, s1, s2, s3};
        WeightTiles[] packed = new WeightTiles[factors.length];
        Arrays.setAll(packed, i -> WeightTiles.pack(factors[i], 0, ROWS / 2, COLUMNS / 2));
        return packed;
    }

    private float[] quarter(int rowHalf, int columnHalf) {
        float[] all = product.weights();
        float[] quarter = new float[ROWS / 2 * COLUMNS / 2];
        for (int row = 0; row < ROWS / 2; row++) {
            int from = (rowHalf * ROWS / 2 + row) * COLUMNS + columnHalf * COLUMNS / 2;
            System.arraycopy(all, from, quarter, row * COLUMNS / 2, COLUMNS / 2);
        }
        return quarter;
    }

    private void run(Gemm gemm, WeightTiles[] a) {
        int part = COLUMNS / 2 * panel;
        for (int i = 0; i < 3; i++) {
            for (int quarter = 0; quarter < 4; quarter++) { // B11 B12 B21 B22
                int from = ALIGNMENT_OFFSET + (quarter % 2 * 3 + i) * 2 * part + quarter / 2 * part;
                System.arraycopy(input, from, b[quarter], ALIGNMENT_OFFSET + i * part, part);
            }
        }
        combineInto(b[1], b[0], -1, b[4]); // T1 = B12 - B11
        combineInto(b[3], b[4], -1, b[5]); // T2 = B22 - T1
        combineInto(b[3], b[1], -1, b[6]); // T3 = B22 - B12
        combineInto(b[5], b[2], -1, b[7]); // T4 = T2 - B21
        int[] factor = {0, 2, 3, 7, 4, 5, 6}; // B11 B21 B22 T4 T1 T2 T3
        for (int i = 0; i < 7; i++) {
            gemm.run(a[i], bias, b[factor[i]], p[i], half, Gemm.Epilogue.STORE);
        }
        combineInto(p[5], p[0], 1, p[5]); // U2 = P1 + P6
        combineInto(p[6], p[5], 1, p[6]); // U3 = U2 + P7
        int rows = ROWS / 2 * panel;
        for (int i = 0; i < 3; i++) {
            int at = ALIGNMENT_OFFSET + i * rows;
            int left = ALIGNMENT_OFFSET + i * 2 * rows;
            int right = ALIGNMENT_OFFSET + (3 + i) * 2 * rows;
            for (int j = 0; j < rows; j++) {
                output[left + j] = p[0][at + j] + p[1][at + j]; // C11 = P1 + P2
            }
            for (int j = 0; j < rows; j++) {
                output[right + j] = p[5][at + j] + p[4][at + j] + p[2][at + j]; // C12 = U2 + P5 + P3
            }
            for (int j = 0; j < rows; j++) {
                output[left + rows + j] = p[6][at + j] - p[3][at + j]; // C21 = U3 - P4
            }
            for (int j = 0; j < rows; j++) {
                output[right + rows + j] = p[6][at + j] + p[4][at + j]; // C22 = U3 + P5
            }
        }
    }

    private static float[] combine(float[] x, float[] y, float sign) {
        float[] sum = new float[x.length];
        combineInto(x, y, sign, sum);
        return sum;
    }

    private static void combineInto(float[] x, float[] y, float sign, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = x[i] + sign * y[i];
        }
    }

    private PanelLayout layout(int panels) {
        PanelLayout layout = new PanelLayout(kernels);
        layout.append(panels * panel);
        return layout;
    }
}
