package glimpse.engine.layer;

import glimpse.bench.DeitSize;
import glimpse.bench.RandomModel;
import glimpse.bench.work.NominalWork;
import glimpse.engine.VitConfig;
import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.packed.WeightRows;
import glimpse.engine.parallel.WorkerTeam;
import java.util.Optional;
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

/** The layers, one at a time, on one image's tokens. In the layers' own package, which alone can run a single layer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class LayerBenchmark {
    /** The model whose layers are timed. */
    @Param({"TINY", "SMALL", "BASE"})
    public DeitSize model;

    /** Threads per layer. */
    @Param({"1", "2"})
    public int threads;

    private WorkerTeam team;
    private Workspace workspace;
    private PatchEmbedding embedding;
    private LayerNorm norm;
    private SelfAttention attention;
    private Mlp mlp;
    private EncoderBlock block;
    private Head head;

    /** Builds one block, the embedding and the head. */
    @Setup
    public void setUp() {
        VitConfig config = model.config();
        Kernels kernels = KernelProvider.kernels();
        int width = config.width();
        team = new WorkerTeam(threads);
        embedding = new PatchEmbedding(
                matrix(1, width, config.patchLength()),
                config.patchLength(),
                random(2, width),
                random(3, config.prefixTokens() * width),
                random(4, config.patches() * width));
        norm = new LayerNorm(random(5, width), random(6, width), config.layerNormEpsilon());
        attention = new SelfAttention(
                kernels,
                config.heads(),
                matrix(7, 3 * width, width),
                Optional.of(random(8, 3 * width)),
                matrix(9, width, width),
                random(10, width));
        mlp = new Mlp(
                matrix(11, config.mlpWidth(), width),
                random(12, config.mlpWidth()),
                matrix(13, width, config.mlpWidth()),
                random(14, width),
                config.mlpWidth());
        block = new EncoderBlock(norm, attention, norm, mlp);
        head = Head.ofClassToken(norm, matrix(15, config.classes(), width), random(16, config.classes()));
        fillWorkspace(config, kernels);
    }

    private void fillWorkspace(VitConfig config, Kernels kernels) {
        workspace = new Workspace(kernels, team);
        workspace
                .batch()
                .append(
                        config.prefixTokens(),
                        RandomModel.positions(NominalWork.TOKENS - 1),
                        new PatchValues.Normalised(
                                RandomModel.random(17, config.patches() * config.patchLength(), 1f)));
        workspace.batch().complete();
        int valueRows = SelfAttention.valueRows(kernels, config.width(), config.heads());
        workspace.prepare(new Workspace.Sizes(
                config.patchLength(),
                config.width(),
                config.mlpRows(),
                config.mlpWidth(),
                valueRows,
                config.pooledWidth(),
                config.representationWidth(),
                config.classes()));
        embedding.forward(workspace);
        block.forward(workspace, Optional.empty());
        block.forwardClassTokens(workspace, Optional.empty());
    }

    private static WeightRows matrix(long seed, int rows, int columns) {
        return WeightRows.of(random(seed, rows * columns), 0, columns);
    }

    private static float[] random(long seed, int count) {
        return RandomModel.random(seed, count, 0.05f);
    }

    /** Stops the threads. */
    @TearDown
    public void tearDown() {
        team.close();
    }

    /** Embeds the patches as tokens. */
    @Benchmark
    public Workspace embedding() {
        embedding.forward(workspace);
        return workspace;
    }

    /** Normalises all tokens. */
    @Benchmark
    public Workspace layerNorm() {
        workspace.norm.run(norm, workspace.x, workspace.normal, workspace.batch.layout(), false);
        return workspace;
    }

    /** Computes scores, softmax and weighted sums of all heads, without the linear layers. */
    @Benchmark
    public Workspace attentionOfHeads() {
        workspace.attention.run(attention, Optional.empty());
        return workspace;
    }

    /** Computes self-attention with its linear layers. */
    @Benchmark
    public Workspace attention() {
        attention.addTo(workspace, Optional.empty());
        return workspace;
    }

    /** Computes the MLP. */
    @Benchmark
    public Workspace mlp() {
        mlp.addTo(workspace);
        return workspace;
    }

    /** Computes a whole block. */
    @Benchmark
    public Workspace block() {
        block.forward(workspace, Optional.empty());
        return workspace;
    }

    /** Computes the last block, reduced to what the class token needs; its rate still counts a whole block's work. */
    @Benchmark
    public Workspace lastBlock() {
        block.forwardClassTokens(workspace, Optional.empty());
        return workspace;
    }

    /** Computes the classifier. */
    @Benchmark
    public Workspace head() {
        head.forward(workspace);
        return workspace;
    }
}
