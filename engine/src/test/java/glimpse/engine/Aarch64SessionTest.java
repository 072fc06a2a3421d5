package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Sessions on 64-bit Arm, where {@code GLIMPSE_AARCH64_JAVA} is a command that starts a Java for it. */
@EnabledIfEnvironmentVariable(named = "GLIMPSE_AARCH64_JAVA", matches = ".+")
class Aarch64SessionTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(900)
    void giveTheBitsOfThisProcessor() throws IOException, InterruptedException {
        Path here = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> hashes = run(System.getenv("GLIMPSE_AARCH64_JAVA"), "there");
        assertThat(hashes).hasSizeGreaterThan(60).isEqualTo(run(here.toString(), "here"));
    }

    private List<String> run(String java, String name) throws IOException, InterruptedException {
        Path models = Files.createDirectory(folder.resolve(name));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        java,
                        "--add-modules=jdk.incubator.vector",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PrintOutputs.class.getName(),
                        models.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        return Files.readAllLines(out);
    }
}
