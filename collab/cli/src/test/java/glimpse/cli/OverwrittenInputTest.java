package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command writes over what it reads. */
class OverwrittenInputTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final Path CHECKPOINT =
            Path.of("..", "..", "weights-converter", "src", "test", "resources", "glimpse", "convert", "timm-plain");

    @TempDir
    Path folder;

    private Path model;
    private Path image;

    @BeforeEach
    void write() throws IOException {
        model = TinyModel.write(folder.resolve("model.png"), TinyModel.RGB, 1, LABELS);
        image = TestImages.write(folder.resolve("image.png"), 1);
    }

    @Test
    void whatIsBeingWrittenIsNoInputEither() throws IOException {
        Path taken = Files.move(image, folder.resolve("out.png.partial"));
        byte[] photograph = Files.readAllBytes(taken);
        assertRefused(
                CommandRun.of("explain", "--model", model, taken, "--out", folder.resolve("out.png")),
                "would overwrite the input");
        assertThat(taken).hasBinaryContent(photograph);
    }

    private static void assertRefused(CommandRun run, String message) {
        assertThat(run.err()).contains(message).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void explainKeepsThePhotograph() throws IOException {
        byte[] photograph = Files.readAllBytes(image);
        Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic.png"), image);
        Path hard = Files.createLink(folder.resolve("hard.png"), image);
        Path winding = folder.resolve(".." + "/" + folder.getFileName() + "/image.png");
        for (Path out : List.of(image, symbolic, hard, winding)) {
            assertRefused(
                    CommandRun.of("explain", "--model", model, image, "--out", out),
                    "--out " + out + ": would overwrite the input " + image + "; choose another name");
        }
        assertThat(image).hasBinaryContent(photograph);
        assertRefused(CommandRun.of("explain", "--model", model, image, "--out", model), "would overwrite the input");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.jpg", "out", "png", "out.png.txt"})
    void explainWritesAPngAlone(String name) {
        Path out = folder.resolve(name);
        assertRefused(
                // before any work: there is no such image
                CommandRun.of("explain", "--model", model, folder.resolve("none.jpg"), "--out", out),
                "--out " + out + ": the picture is a PNG, expected a name that ends in .png");
        assertThat(out).doesNotExist();
    }

    @Test
    void convertOverwritesOnlyWhatItIsForcedTo() throws IOException {
        Path source = CHECKPOINT.resolve("model.safetensors");
        Path out = Files.writeString(folder.resolve("out.safetensors"), "precious");
        assertRefused(
                CommandRun.of("convert", source, "--heads", 3, "--out", out),
                "glimpse convert: --out " + out + ": already exists; --force overwrites it");
        assertThat(out).hasContent("precious");
        assertThat(CommandRun.of("convert", source, "--heads", 3, "--out", out, "--force")
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("info", out).exitCode()).isZero();
    }

    @Test
    void convertKeepsItsInputsEvenIfForced() throws IOException {
        Path source = Files.copy(CHECKPOINT.resolve("model.safetensors"), folder.resolve("source.safetensors"));
        Path labels = Files.writeString(folder.resolve("labels"), "a\nb\nc\nd\ne\nf\ng\n");
        assertRefused(
                CommandRun.of("convert", source, "--heads", 3, "--out", source, "--force"),
                "would overwrite the input");
        assertRefused(
                CommandRun.of("convert", source, "--heads", 3, "--labels", labels, "--out", labels, "--force"),
                "would overwrite the input");
        assertThat(labels).hasContent("a\nb\nc\nd\ne\nf\ng\n");
    }

    @Test
    void anEvaluationIsNotWrittenOverItsData() throws IOException {
        Path images = TestImages.folder(folder.resolve("images"), LABELS, 4);
        assertRefused(evaluate("--images", images, "--out", images), "--out " + images + ": would overwrite the input");
        Path run = Files.createDirectory(folder.resolve("run"));
        Path labels = Files.writeString(run.resolve("images.csv"), "image.png,ant\n");
        assertRefused(
                evaluate("--images", images, "--labels", labels, "--out", run, "--fresh"),
                "--out " + labels + ": would overwrite the input");
        assertThat(labels).hasContent("image.png,ant\n");
    }

    @Test
    void anEvaluationsDataIsNotTakenForRowsThatWereSetAside() throws IOException {
        Path images = TestImages.folder(folder.resolve("images"), LABELS, 4);
        Path run = Files.createDirectory(folder.resolve("run"));
        for (String name : List.of("images.csv.1", "images.csv.2")) {
            Path labels = Files.writeString(run.resolve(name), "image.png,ant\n");
            assertRefused(
                    evaluate("--images", images, "--labels", labels, "--out", run, "--fresh"),
                    "--out " + labels + ": would overwrite the input");
            assertThat(labels).hasContent("image.png,ant\n");
        }
    }

    @Test
    void anEvaluationsDataIsNotTakenForAFileThatWasBeingWritten() throws IOException {
        Path images = TestImages.folder(folder.resolve("images"), LABELS, 4);
        Path run = Files.createDirectory(folder.resolve("run"));
        Path labels = Files.writeString(run.resolve("table.csv.partial"), "image.png,ant\n");
        assertRefused(
                evaluate("--images", images, "--labels", labels, "--out", run),
                "--out " + labels + ": would overwrite the input");
        assertThat(labels).hasContent("image.png,ant\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"point.json", "table.json", "gallery.json.partial"})
    void aSweepIsNotWrittenOverItsPoint(String name) throws IOException {
        Path images = TestImages.folder(folder.resolve("images"), LABELS, 4);
        Path run = Files.createDirectory(folder.resolve("run"));
        String json = """
                {"score": "mean", "selection": "all", "codec": "raw", "gate": "never", "chosen_on": "others", "there": {}}
                """;
        Path point = Files.writeString(run.resolve(name), json);
        assertRefused(
                CommandRun.of(
                        "sweep",
                        "--edge",
                        model,
                        "--server",
                        model,
                        "--images",
                        images,
                        "--point",
                        point,
                        "--out",
                        run),
                "--out " + point + ": would overwrite the input");
        assertThat(point).hasContent(json);
    }

    private CommandRun evaluate(Object... options) {
        Object[] arguments = new Object[options.length + 5];
        System.arraycopy(new Object[] {"evaluate", "--edge", model, "--server", model}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return CommandRun.of(arguments);
    }

    @Test
    void aReportIsNotWrittenOverItsTable() throws IOException {
        Path table = Files.writeString(folder.resolve("table.json"), "[]");
        assertRefused(
                CommandRun.of("report", folder, "--out", table), "--out " + table + ": would overwrite the input");
        assertThat(table).hasContent("[]");
    }
}
