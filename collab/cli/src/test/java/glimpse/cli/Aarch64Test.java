package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** {@code embed} on 64-bit Arm, where {@code GLIMPSE_AARCH64_JAVA} is a command that starts a Java for it. */
@EnabledIfEnvironmentVariable(named = "GLIMPSE_AARCH64_JAVA", matches = ".+")
class Aarch64Test {
    @TempDir
    Path folder;

    @Test
    @Timeout(600)
    void embeddingOfAPhotographHasTheBitsOfThisProcessor() throws IOException, InterruptedException {
        Path photograph = SharedFolder.require("imagenet-samples").resolve("n01443537_goldfish.JPEG");
        Path model = folder.resolve("tiny.safetensors");
        CommandRun converted = CommandRun.of(
                "convert", SharedFolder.require("models/deit_tiny_patch16_224.safetensors"), "--out", model);
        assertThat(converted.exitCode()).as(converted.err()).isZero();
        String here = CommandRun.of("embed", "--model", model, photograph).out();
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(List.of(
                        System.getenv("GLIMPSE_AARCH64_JAVA"),
                        "--add-modules=jdk.incubator.vector",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "embed",
                        "--model",
                        model.toString(),
                        photograph.toString()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        assertThat(Files.readString(out)).hasLineCount(1).isEqualTo(here);
    }
}
