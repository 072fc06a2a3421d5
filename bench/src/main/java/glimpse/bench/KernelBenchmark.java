package glimpse.bench;

import static glimpse.engine.kernel.Kernels.TAIL_FEATURES;
import static glimpse.engine.kernel.Kernels.TAIL_TOKENS;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The kernels, each on one panel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {
    /** Rows of the panel: a model's width, or the number of keys of one image. */
    @Param({"192", "197", "768"})
    public int rows;

    private Kernels kernels;
    private float[] tiles; // [4][rows][8] and 8 floats of slack
    private float[] tails; // [8][32]
    private float[] panel; // [rows][P]
    private float[] out; // [rows][P]
    private float[] sums; // [8][P]
    private float[] scores; // [rows][P]
    private float[] vector; // [rows]
    private float[] factors; // [P]

    /** Fills the operands with random values. */
    @Setup
    public void setUp() {
        kernels = KernelProvider.kernels();
        int lanes = kernels.panel();
        tiles = RandomModel.random(1, 4 * rows * TILE + TILE, 1f);
        tails = new float[TAIL_TOKENS * TAIL_FEATURES];
        panel = RandomModel.random(2, rows * lanes, 1f);
        out = new float[rows * lanes];
        sums = new float[TILE * lanes];
        scores = RandomModel.random(3, rows * lanes, 4f);
        vector = RandomModel.random(4, rows, 1f);
        factors = RandomModel.random(5, lanes, 1f);
    }

    /** The GEMM micro-kernel: one tile of 8 features times the panel. */
    @Benchmark
    public float[] multiply() {
        kernels.multiply(kernels.panel(), rows, tiles, 0, panel, 0, sums, 0, tiles, 0, 0, 0);
        return sums;
    }

    /** The GEMM micro-kernel on half a panel. */
    @Benchmark
    public float[] multiplyHalf() {
        kernels.multiply(kernels.panel() / 2, rows, tiles, 0, panel, 0, sums, 0, tiles, 0, 0, 0);
        return sums;
    }

    /** The GEMM micro-kernel for a panel with few tokens, times four tiles. */
    @Benchmark
    public float[] multiplyTail() {
        kernels.multiplyTail(
                kernels.tailTokens(), TAIL_FEATURES / TILE, rows, tiles, 0, rows * TILE, panel, 0, tails, 0);
        return tails;
    }

    /** Softmax down the rows, in place: later calls work on the first call's result, which takes just as long. */
    @Benchmark
    public float[] softmax() {
        kernels.softmax(kernels.panel(), scores, 0, rows, factors);
        return scores;
    }

    /** Exact GELU, by the error function. */
    @Benchmark
    public float[] gelu() {
        kernels.gelu(panel, 0, out, 0, rows * kernels.panel());
        return out;
    }

    /** LayerNorm down the rows. */
    @Benchmark
    public float[] layerNorm() {
        kernels.layerNorm(kernels.panel(), panel, 0, rows, vector, vector, 1e-6f, out, 0);
        return out;
    }

    /** Addition to the residual stream. */
    @Benchmark
    public float[] add() {
        kernels.add(panel, 0, out, 0, rows * kernels.panel());
        return out;
    }

    /** Scales each token by its own factor. */
    @Benchmark
    public float[] scaleColumns() {
        kernels.scaleColumns(panel, 0, rows, factors, out, 0);
        return out;
    }

    /** Repacks a panel into tiles. */
    @Benchmark
    public float[] splitPanel() {
        kernels.splitPanel(panel, 0, rows, out, 0, rows * TILE);
        return out;
    }
}
