package glimpse.engine.kernel;

import glimpse.engine.gemm.Gemm;
import glimpse.engine.gemm.PanelLayout;
import glimpse.engine.gemm.WeightPrefetcher;
import glimpse.engine.gemm.WeightTiles;
import glimpse.engine.parallel.WorkerTeam;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** A program that runs every kernel on seeded inputs and prints a hash of each result's bits, one per line. */
final class PrintKernels {
    private static final int[] TOKENS = {1, 6, 7, 13, 24, 29, 47, 99};

    private PrintKernels() {}

    /** Prints the hashes. Panels of any width give the same, since a hash covers tokens and not their places. */
    public static void main(String[] arguments) {
        Kernels kernels = KernelProvider.kernels();
        try (WorkerTeam team = new WorkerTeam(2)) {
            for (int tokens : TOKENS) {
                for (Gemm.Epilogue epilogue : Gemm.Epilogue.values()) {
                    print(epilogue + " " + tokens, product(kernels, team, tokens, epilogue));
                }
            }
        }
        for (int tokens : TOKENS) {
            print("layerNorm " + tokens, columns(kernels, tokens, (panel, lanes) -> {
                float[] weights = KernelPair.random(1, 90, 1);
                kernels.layerNorm(lanes, panel, 0, 90, weights, weights, 1e-6f, panel, 0);
            }));
            print("softmax " + tokens, columns(kernels, tokens, (panel, lanes) -> {
                kernels.softmax(lanes, panel, 0, 90, new float[kernels.panel()]);
            }));
        }
        print("swiglu", columns(kernels, 8, (panel, lanes) -> {
            kernels.swiglu(panel, 0, 0, panel, 0, panel.length);
        }));
    }

    private static void print(String name, float[] values) {
        System.out.println(name + " " + Integer.toHexString(Arrays.hashCode(values)));
    }

    /** Applies a kernel to {@code [90][P]} panels that hold the tokens, and returns {@code [tokens][90]}. */
    private static float[] columns(Kernels kernels, int tokens, BiConsumer<float[], Integer> kernel) {
        float[] in = KernelPair.random(5, tokens * 90, 4);
        float[] out = new float[in.length];
        int panel = kernels.panel();
        for (int first = 0; first < tokens; first += panel) {
            int count = Math.min(panel, tokens - first);
            float[] values = new float[90 * panel];
            for (int i = 0; i < count * 90; i++) {
                values[i % 90 * panel + i / 90] = in[first * 90 + i];
            }
            kernel.accept(values, kernels.lanes(count));
            for (int i = 0; i < count * 90; i++) {
                out[first * 90 + i] = values[i % 90 * panel + i / 90];
            }
        }
        return out;
    }

    private static float[] product(Kernels kernels, WorkerTeam team, int tokens, Gemm.Epilogue epilogue) {
        int rows = 40;
        int columns = 201;
        int panel = kernels.panel();
        PanelLayout layout = new PanelLayout(kernels);
        layout.append(tokens);
        float[] in = new float[kernels.panelFloats(layout.panels(), columns)];
        float[] values = KernelPair.random(3, tokens * columns, 1);
        for (int i = 0; i < values.length; i++) {
            int token = i / columns;
            in[kernels.rowAt(token / panel, columns, i % columns) + token % panel] = values[i];
        }
        WeightTiles weights = WeightTiles.pack(KernelPair.random(1, rows * columns, 1), 0, rows, columns);
        float[] out = new float[kernels.panelFloats(layout.panels(), rows)];
        new Gemm(kernels, team, new WeightPrefetcher())
                .run(weights, KernelPair.random(2, rows, 1), in, out, layout, epilogue);
        float[] results = new float[tokens * rows];
        for (int i = 0; i < results.length; i++) {
            int token = i / rows;
            int row = i % rows;
            results[i] = epilogue == Gemm.Epilogue.SPLIT
                    ? out[(token / 8 * rows + row) * 8 + token % 8]
                    : out[kernels.rowAt(token / panel, rows, row) + token % panel];
        }
        return results;
    }
}
