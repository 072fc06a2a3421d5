package glimpse.bench.work;

import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.bench.ConcurrencyBenchmark;
import glimpse.bench.DeitSize;
import glimpse.engine.VitConfig;
import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import java.util.function.UnaryOperator;

/**
 * The nominal work of every benchmark, by its name and parameters. Padding isn't counted, and the last block counts in
 * full although the engine skips the rows that nothing reads.
 */
public final class NominalWork {
    /** Tokens of one 224 x 224 image with 16 x 16 patches: 196 patches and the class token. */
    public static final int TOKENS = 197;

    private static final int FLOAT_BYTES = 4;

    private NominalWork() {}

    /**
     * Returns the work of one operation.
     *
     * @param benchmark class and method: {@code GemmBenchmark.gemm}
     * @param parameter returns the value of a parameter, given its name
     */
    public static Work of(String benchmark, UnaryOperator<String> parameter) {
        String group = benchmark.substring(0, benchmark.indexOf('.'));
        String method = benchmark.substring(benchmark.indexOf('.') + 1);
        return switch (group) {
            case "KernelBenchmark" -> kernel(method, Integer.parseInt(parameter.apply("rows")));
            case "GemmBenchmark" -> linear(parameter.apply("shape"));
            case "ValueGemmBenchmark" -> new Work.Flops(product(width(parameter), width(parameter), TOKENS));
            case "LayerBenchmark" -> layer(method, config(parameter));
            case "ForwardBenchmark" -> {
                int batch = Integer.parseInt(parameter.apply("batch"));
                yield forward(config(parameter), Integer.parseInt(parameter.apply("patches")), batch);
            }
            case "ConcurrencyBenchmark" -> {
                int patches = Integer.parseInt(parameter.apply("patches"));
                int passes = ConcurrencyBenchmark.CLIENTS * ConcurrencyBenchmark.PASSES;
                yield forward(DeitSize.TINY.config(), patches, passes);
            }
            case "EndToEndBenchmark" ->
                method.equals("classify") ? forward(config(parameter), TOKENS - 1, 1) : new Work.Unknown();
            case "PeerBenchmark" -> forward(config(parameter), TOKENS - 1, 1);
            default -> new Work.Unknown();
        };
    }

    private static Work kernel(String method, int rows) {
        Kernels kernels = KernelProvider.kernels();
        int panel = kernels.panel();
        double values = (double) rows * panel;
        return switch (method) {
            case "multiply" -> new Work.Flops(product(TILE, rows, panel));
            case "multiplyHalf" -> new Work.Flops(product(TILE, rows, panel / 2));
            case "multiplyTail" -> new Work.Flops(product(TAIL_FEATURES, rows, kernels.tailTokens()));
            case "add" -> new Work.Bytes(3 * FLOAT_BYTES * values);
            case "softmax", "gelu", "layerNorm", "scaleColumns", "splitPanel" ->
                new Work.Bytes(2 * FLOAT_BYTES * values);
            default -> new Work.Unknown();
        };
    }

    private static Work linear(String shape) {
        int cross = shape.indexOf('x');
        int rows = Integer.parseInt(shape.substring(0, cross));
        int columns = Integer.parseInt(shape.substring(cross + 1));
        return new Work.Flops(product(rows, columns, TOKENS));
    }

    private static Work layer(String method, VitConfig config) {
        int width = config.width();
        double heads = 2 * product(TOKENS, TOKENS, width);
        double attention = 4 * product(width, width, TOKENS) + heads;
        double mlp = 2 * product(width, config.mlpWidth(), TOKENS);
        return switch (method) {
            case "embedding" -> new Work.Flops(product(width, config.patchLength(), config.patches()));
            case "layerNorm" -> new Work.Bytes(2.0 * FLOAT_BYTES * width * TOKENS);
            case "attentionOfHeads" -> new Work.Flops(heads);
            case "attention" -> new Work.Flops(attention);
            case "mlp" -> new Work.Flops(mlp);
            case "block", "lastBlock" -> new Work.Flops(attention + mlp);
            case "head" -> new Work.Flops(product(config.classes(), width, 1));
            default -> new Work.Unknown();
        };
    }

    private static Work forward(VitConfig config, int patches, int batch) {
        return new Work.Flops(2.0 * config.multiplyAdds(patches) * batch);
    }

    private static double product(int rows, int columns, int tokens) {
        return 2.0 * rows * columns * tokens;
    }

    private static int width(UnaryOperator<String> parameter) {
        return config(parameter).width();
    }

    private static VitConfig config(UnaryOperator<String> parameter) {
        return DeitSize.valueOf(parameter.apply("model")).config();
    }
}
