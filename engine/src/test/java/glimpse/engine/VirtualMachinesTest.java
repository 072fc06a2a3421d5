package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where vectors can't be fast code, a process says so in one line, uses scalar kernels and gives the same results. */
@Timeout(300)
class VirtualMachinesTest {
    private static final String VECTORS = "--add-modules=jdk.incubator.vector";
    private static final String INCUBATOR_WARNING = "WARNING: Using incubator modules";

    @TempDir
    Path folder;

    private List<Float> expected;

    /** What a child printed: the logits, and the lines of its log. */
    private record Result(List<Float> logits, List<String> log) {}

    @BeforeEach
    void runHere() throws IOException {
        expected = new ArrayList<>();
        try (Workers workers = Workers.of(1)) {
            for (String name : GoldenModel.NAMES) {
                GoldenModel golden = GoldenModel.read(name, folder);
                VisionTransformer model = VisionTransformer.load(golden.model(), workers);
                PatchSequence input = golden.input("all", model.config());
                for (float logit :
                        model.newSession().forward(input, Capture.none()).logits(0)) {
                    expected.add(logit);
                }
            }
        }
    }

    @Test
    void withoutTheModule() throws Exception {
        Result result = run();
        assertThat(result.log())
                .containsExactly("scalar kernels: start Java with --add-modules jdk.incubator.vector to use vectors");
        assertThat(result.logits()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void withoutC2(int level) throws Exception {
        Result result = run(VECTORS, "-XX:TieredStopAtLevel=" + level);
        assertThat(result.log())
                .containsExactly("scalar kernels: the virtual machine runs without the C2 compiler"
                        + " (-XX:TieredStopAtLevel=1, as some frameworks and IDEs set)");
        assertThat(result.logits()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=0"})
    void withoutACompiler(String option) throws Exception {
        Result result = run(VECTORS, option);
        assertThat(result.log()).containsExactly("scalar kernels: the virtual machine runs without a compiler (-Xint)");
        assertThat(result.logits()).isEqualTo(expected);
    }

    @Test
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
    void withoutFusedMultiplyAdd() throws Exception {
        Result result = run(VECTORS, "-XX:UseAVX=0");
        assertThat(result.log())
                .containsExactly(
                        "scalar kernels: this processor has no fused multiply-add; results differ in their last"
                                + " digits from those of processors with fused multiply-add");
        assertThat(result.logits()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(result.logits().get(i)).isCloseTo(expected.get(i), within(1e-4f));
        }
    }

    @Test
    void withoutTheModuleThatTellsOptions() throws Exception {
        Result result = run("--limit-modules=java.desktop,java.logging,jdk.incubator.vector", VECTORS);
        assertThat(result.log()).isEmpty();
        assertThat(result.logits()).isEqualTo(expected);
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "GLIMPSE_AARCH64_JAVA", matches = ".+")
    void on64BitArm() throws Exception {
        Result result = runWith(System.getenv("GLIMPSE_AARCH64_JAVA"), VECTORS);
        assertThat(result.log()).isEmpty();
        assertThat(result.logits()).isEqualTo(expected);
    }

    private Result run(String... options) throws IOException, InterruptedException {
        return runWith(Path.of(System.getProperty("java.home"), "bin", "java").toString(), options);
    }

    private Result runWith(String java, String... options) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command =
                new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-Djava.util.logging.SimpleFormatter.format=%5$s%n"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PrintLogits.class.getName(),
                Files.createDirectory(folder.resolve("models")).toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        } finally {
            process.destroyForcibly();
        }
        return new Result(
                Files.readAllLines(out).stream()
                        .map(line -> Float.intBitsToFloat(Integer.parseInt(line)))
                        .toList(),
                Files.readAllLines(err).stream()
                        .filter(line -> !line.startsWith(INCUBATOR_WARNING))
                        .toList());
    }
}
