package glimpse.bench;

import glimpse.bench.work.NominalWork;
import glimpse.engine.gemm.ValueGemm;
import glimpse.engine.gemm.WeightPanels;
import glimpse.engine.gemm.WeightPrefetcher;
import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.layer.PatchValues;
import glimpse.engine.layer.SelfAttention;
import glimpse.engine.layer.TokenBatch;
import glimpse.engine.packed.WeightRows;
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

/** The value projection of one attention layer on one image's tokens: the product with tokens as rows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class ValueGemmBenchmark {
    /** The model whose width and heads are used. */
    @Param({"TINY", "SMALL", "BASE"})
    public DeitSize model;

    /** Threads per product. */
    @Param({"1", "2"})
    public int threads;

    private WorkerTeam team;
    private ValueGemm gemm;
    private WeightPanels weights;
    private float[] in;
    private float[] out;

    /** Packs random weights. */
    @Setup
    public void setUp() {
        int width = model.config().width();
        int headWidth = model.config().headWidth();
        Kernels kernels = KernelProvider.kernels();
        team = new WorkerTeam(threads);
        TokenBatch batch = new TokenBatch(kernels);
        batch.append(1, RandomModel.positions(NominalWork.TOKENS - 1), new PatchValues.Normalised(new float[0]));
        batch.complete();
        gemm = new ValueGemm(kernels, team, batch, new WeightPrefetcher());
        float[] matrix = RandomModel.random(1, width * width, 0.05f);
        weights = WeightPanels.pack(kernels, WeightRows.of(matrix, 0, width), 0, width, width, headWidth, headWidth);
        int lanes = batch.layout().panels() * kernels.panel();
        in = RandomModel.random(2, lanes * width, 1f);
        out = new float
                [lanes * SelfAttention.valueRows(kernels, width, model.config().heads())];
    }

    /** Stops the threads. */
    @TearDown
    public void tearDown() {
        team.close();
    }

    /** Computes the values of all heads. */
    @Benchmark
    public float[] values() {
        gemm.run(weights, in, out);
        return out;
    }
}
