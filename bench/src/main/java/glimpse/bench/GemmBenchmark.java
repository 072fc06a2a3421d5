package glimpse.bench;

import glimpse.bench.work.NominalWork;
import glimpse.engine.gemm.Gemm;
import glimpse.engine.gemm.PanelLayout;
import glimpse.engine.gemm.WeightPrefetcher;
import glimpse.engine.gemm.WeightTiles;
import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.parallel.WorkerTeam;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The linear layers of the DeiT models on one image's tokens. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class GemmBenchmark {
    /** Output features x input features. */
    @Param({"192x192", "768x192", "192x768", "384x384", "1536x384", "384x1536", "768x768", "3072x768", "768x3072"})
    public String shape;

    /** Threads per product. */
    @Param({"1", "2"})
    public int threads;

    private WorkerTeam team;
    private Gemm gemm;
    private WeightTiles weights;
    private PanelLayout layout;
    private float[] bias;
    private float[] in;
    private float[] out;

    /** Packs random weights. */
    @Setup
    public void setUp() {
        int rows = Integer.parseInt(shape.substring(0, shape.indexOf('x')));
        int columns = Integer.parseInt(shape.substring(shape.indexOf('x') + 1));
        Kernels kernels = KernelProvider.kernels();
        team = new WorkerTeam(threads);
        gemm = new Gemm(kernels, team, new WeightPrefetcher());
        weights = WeightTiles.pack(RandomModel.random(1, rows * columns, 0.05f), 0, rows, columns);
        bias = RandomModel.random(2, rows, 0.05f);
        layout = new PanelLayout(kernels);
        layout.append(NominalWork.TOKENS);
        in = RandomModel.random(3, kernels.panelFloats(layout.panels(), columns), 1f);
        out = new float[kernels.panelFloats(layout.panels(), rows)];
    }

    /** Stops the threads. */
    @TearDown
    public void tearDown() {
        team.close();
    }

    /** Applies one layer. */
    @Benchmark
    public float[] gemm() {
        gemm.run(weights, bias, in, out, layout, Gemm.Epilogue.STORE);
        return out;
    }
}
