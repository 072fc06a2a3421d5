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

/** The inner loops, each on one panel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {
    /** Rows of the panel: a model's width, or an image's tokens as keys. */
    @Param({"192", "197", "768"})
    public int rows;

    private Kernels kernels;
    private float[] tiles; // [4][rows][8], and 8 more
    private float[] tails; // [8][32]
    private float[] panel; // [rows][P]
    private float[] out; // [rows][P]
    private float[] sums; // [8][P]
    private float[] scores; // [rows][P]
    private float[] vector; // [rows]
    private float[] factors; // [P]

    /** Random operands. */
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

    /** The micro-kernel: a tile of 8 rows times the panel. */
    @Benchmark
    public float[] multiply() {
        kernels.multiply(kernels.panel(), rows, tiles, 0, panel, 0, sums, 0, tiles, 0);
        return sums;
    }

    /** The micro-kernel on half a panel. */
    @Benchmark
    public float[] multiplyHalf() {
        kernels.multiply(kernels.panel() / 2, rows, tiles, 0, panel, 0, sums, 0, tiles, 0);
        return sums;
    }

    /** The micro-kernel for few tokens: eight, by four tiles. */
    @Benchmark
    public float[] multiplyTail() {
        kernels.multiplyTail(TAIL_TOKENS, TAIL_FEATURES / TILE, rows, tiles, 0, rows * TILE, panel, 0, tails, 0);
        return tails;
    }

    /** Softmax down the rows; from the second call on, of what the first left there, which takes as long. */
    @Benchmark
    public float[] softmax() {
        kernels.softmax(kernels.panel(), scores, 0, rows, factors);
        return scores;
    }

    /** The exact GELU. */
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

    /** The addition to the residual stream. */
    @Benchmark
    public float[] add() {
        kernels.add(panel, 0, out, 0, rows * kernels.panel());
        return out;
    }

    /** A factor for each token. */
    @Benchmark
    public float[] scaleColumns() {
        kernels.scaleColumns(panel, 0, rows, factors, out, 0);
        return out;
    }

    /** A panel cut into tiles. */
    @Benchmark
    public float[] splitPanel() {
        kernels.splitPanel(panel, 0, rows, out, 0, rows * TILE);
        return out;
    }
}
