package glimpse.collab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an embedder relies on: README's program compiles, links and runs with the engine and this module alone. */
class EmbeddingTest {
    private static final Path EXAMPLE = Path.of("src", "test", "java", "example", "EdgeInProcess.java");

    @TempDir
    Path folder;

    @Test
    void theReadmeShowsTheProgramVerbatim() throws IOException {
        String source = Files.readString(EXAMPLE);
        String body = source.substring(source.indexOf("        try ("), source.lastIndexOf("    }\n}"));
        assertThat(Files.readString(Path.of("..", "..", "README.md")))
                .contains("```java\n" + body.replaceAll("(?m)^ {8}", "") + "```");
    }

    @Test
    void theProgramRunsInAnImageOfTwoModulesAndTheJdk() throws Exception {
        assumeTrue(ToolProvider.findFirst("jlink").isPresent(), "skipped: this JDK has no jlink");
        Path modules = Files.createDirectory(folder.resolve("modules"));
        jar(modules.resolve("glimpse-engine.jar"), classesOf(VisionTransformer.class));
        jar(modules.resolve("glimpse-collab.jar"), classesOf(EdgeNode.class));
        Path classes = folder.resolve("classes");
        tool(
                "javac",
                "-d",
                classes.toString(),
                "-p",
                modules.toString(),
                "--add-modules",
                "glimpse.collab",
                EXAMPLE.toString());
        Path image = folder.resolve("image");
        tool("jlink", "-p", modules.toString(), "--add-modules", "glimpse.collab", "--output", image.toString());

        TinyModel.write(folder.resolve("tiny.safetensors"), TinyModel.RGB, 1, List.of());
        TinyModel.write(folder.resolve("base.safetensors"), TinyModel.RGB, 2, List.of());
        TestImages.write(folder.resolve("dog.jpg"), 3);
        assertThat(run(image.resolve("bin").resolve("java"), "-cp", classes.toString(), "example.EdgeInProcess"))
                .isEqualTo(classified());
    }

    private String classified() throws IOException {
        try (Workers workers = Workers.of(1)) {
            Classifier tiny = Classifier.load(folder.resolve("tiny.safetensors"), workers);
            Classifier base = Classifier.load(folder.resolve("base.safetensors"), workers);
            SelectionPolicy policy = new SelectionPolicy(AttentionScore.mean(), PatchSelection.sum(0.97f));
            EdgeStep step = new EdgeStep(OffloadGate.minEntropy(0.8), policy, PayloadCodec.raw());
            EdgeNode edge = new EdgeNode(tiny, step, new InProcessChannel(new ServerNode(base)));
            return edge.classify(RgbImage.read(folder.resolve("dog.jpg")), "dog.jpg")
                            .top()
                    + System.lineSeparator();
        }
    }

    /** Returns what a program in the image prints. */
    private String run(Path java, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(java.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(() -> output + errors()).isZero();
        return output;
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Path classesOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Packs a folder of classes; a test run after packaging has a jar already. */
    private static void jar(Path jar, Path classes) throws IOException {
        if (Files.isDirectory(classes)) {
            tool("jar", "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
        } else {
            Files.copy(classes, jar);
        }
    }

    private static void tool(String name, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        int code = ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments);
        assertThat(code).as(text::toString).isZero();
    }
}
