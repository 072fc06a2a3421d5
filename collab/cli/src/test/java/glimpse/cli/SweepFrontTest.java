package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code glimpse sweep} with several servers, and with images to choose on. */
class SweepFrontTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");

    @TempDir
    Path folder;

    private Path edge;
    private Path one;
    private Path two;
    private Path images;
    private Path heldOut;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        edge = TinyModel.write(folder.resolve("edge"), TinyModel.RGB, 1, LABELS);
        one = TinyModel.write(folder.resolve("one"), TinyModel.RGB, 2, LABELS);
        two = TinyModel.write(folder.resolve("two"), TinyModel.RGB, 3, LABELS);
        images = TestImages.folder(folder.resolve("images"), LABELS, 20);
        heldOut = folder.resolve("held-out");
        for (int i = 0; i < 12; i++) {
            TestImages.write(heldOut.resolve(LABELS.get(i % 3)).resolve("other" + i + ".png"), 500 + i);
        }
        out = folder.resolve("out");
    }

    @Test
    void everyMethodIsChosenThereAndMeasuredHere() throws IOException {
        CommandRun run = front();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("chosen on held-out, 12 images, and measured once on images, 20 images")
                .contains("the paper's method")
                .contains("complementing patches to b, every image");
        JsonNode front = json("front.json");
        assertThat(front.get("servers").findValuesAsText("name")).containsExactly("a", "b");
        assertThat(front.get("rows").findValuesAsText("family"))
                .contains("attention", "complementing", "rounds", "jpeg", "scaled-jpeg");
        for (String server : List.of("a", "b")) {
            assertThat(out.resolve(server).resolve("images.csv")).content().hasLineCount(1 + 20);
            assertThat(out.resolve(server).resolve("choose-on/images.csv"))
                    .content()
                    .hasLineCount(1 + 12);
            assertThat(out.resolve(server).resolve("point.json")).content().contains("held-out, 12 images");
        }
    }

    @Test
    void theReportDrawsTheFront() throws IOException {
        front();
        CommandRun run = CommandRun.of("report", out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<h2>By the paper's cost</h2>", "<h2>By true bytes</h2>", "Foveation")
                .doesNotContain("http:", "https:", "<script");
        assertThat(CommandRun.of("report", out.resolve("b")).exitCode()).isZero();
    }

    @Test
    void oneServerHasItsFrontBesideItsTable() throws IOException {
        CommandRun run = CommandRun.of(arguments(List.of("--server", one), "--choose-on", heldOut));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(out.resolve("table.json")).exists();
        assertThat(json("front.json").get("servers").findValuesAsText("name")).containsExactly("server");
        assertThat(out.resolve("choose-on/images.csv")).exists();
        CommandRun.of("report", out);
        assertThat(out.resolve("report.html")).content().contains("By true bytes", "All operating points");
    }

    @Test
    void theFilesOfEachServerAreThoseOfASweepOfItsOwn() throws IOException {
        front();
        Path both = out;
        out = folder.resolve("alone");
        CommandRun alone = CommandRun.of(arguments(List.of("--server", two), frontOptions()));
        assertThat(alone.exitCode()).as(alone.err()).isZero();
        for (String file : List.of(
                "images.csv", "choose-on/images.csv", "table.csv", "table.json", "point.json", "gallery.json")) {
            assertThat(both.resolve("b").resolve(file)).hasSameBinaryContentAs(out.resolve(file));
        }
    }

    @Test
    void whatAKilledFrontLeftIsGoneOnWith() throws IOException {
        front();
        byte[] expected = Files.readAllBytes(out.resolve("front.json"));
        for (String rows : List.of("a/images.csv", "b/choose-on/images.csv")) {
            byte[] whole = Files.readAllBytes(out.resolve(rows));
            Files.write(out.resolve(rows), Arrays.copyOf(whole, whole.length / 2));
        }
        Files.delete(out.resolve("front.json"));
        front();
        assertThat(Files.readAllBytes(out.resolve("front.json"))).isEqualTo(expected);
    }

    @Test
    void filesOfAnotherEncoderAreAMethod() throws IOException {
        Path encoded = folder.resolve("encoded");
        encode(images, encoded.resolve("images"));
        encode(heldOut, encoded.resolve("choose-on"));
        CommandRun run = front("--encoded", "Other:9=" + encoded, "--bytes", "2000,100000");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Other to a, every image");
        assertThat(json("front.json").get("rows").findValuesAsText("kind")).contains("Other");
        Files.delete(encoded.resolve("images/ant/image100.png"));
        CommandRun missing = front("--encoded", "Other:9=" + encoded);
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err())
                .isEqualTo("glimpse sweep: " + encoded.resolve("images")
                        + ": has no file for the image ant/image100.png, expected one of the same name with any suffix"
                        + " (.jpeg, .jpg, .png or .webp)\n");
    }

    @Test
    void moreImagesComputeTheirOwnRowsAlone() throws IOException {
        Path encoded = folder.resolve("encoded");
        encode(images, encoded);
        List<Object> server = List.of("--server", one);
        CommandRun.of(arguments(server, "--encoded", "Other:9=" + encoded, "--limit", "8"));
        CommandRun all = CommandRun.of(arguments(server, "--encoded", "Other:9=" + encoded));
        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(all.err()).contains("8 of 20 images were already finished");
    }

    /** Makes a square of every image. */
    private static void encode(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = source.relativize(file).toString().replaceFirst("\\.[a-z]+$", ".png");
                TestImages.write(target.resolve(name), 4); // 24 x 24
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--choose-on nowhere    | --choose-on nowhere: no such folder or file",
                "--costs 0.1            | --costs: goes with --choose-on PATH",
                "--choose-on-limit 3    | --choose-on-limit: goes with --choose-on PATH",
                "--encoded webp         | --encoded: 'webp' is invalid, expected NAME=DIR",
                "--encoded a/b=.        | --encoded a/b=.: 'a/b' is invalid, expected KIND or KIND:SETTING",
                "--encoded webp=nowhere | --encoded webp=nowhere: nowhere is no folder",
                "--file jpeg:50@24      | --file: 'jpeg:50@24' is invalid, expected a side below the models' 16 pixels",
                "--server a=edge2       | --server a=edge2: there are two servers of the name a",
                "--server edge2         | --server edge2: has no name, expected NAME=FILE of each of several",
                "--json                 | --json: goes with one --server or with --choose-on PATH"
            })
    void wrongOptionsAreOneLine(String options, String message) {
        List<Object> more = new ArrayList<>(List.of("--server", "a=" + one));
        if (options.startsWith("--server") || options.equals("--json")) {
            more.addAll(List.of("--server", "b=" + two));
        }
        more.addAll(List.of(options.split(" ")));
        CommandRun run = CommandRun.of(arguments(more));
        assertThat(run.err()).startsWith("glimpse sweep: " + message).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void imagesAreNotMeasuredOnWhatTheyWereChosenOn() {
        CommandRun run = CommandRun.of(arguments(List.of("--server", one), "--choose-on", images));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("glimpse sweep: --choose-on " + images + ": ")
                .contains(" is among the images that points are measured on, expected others")
                .hasLineCount(1);
        CommandRun apart = CommandRun.of(
                arguments(List.of("--server", one), "--choose-on", images, "--choose-on-skip", "10", "--limit", "10"));
        assertThat(apart.exitCode()).as(apart.err()).isZero();
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(out.resolve(name).toFile());
    }

    private CommandRun front(String... more) {
        return CommandRun.of(arguments(List.of("--server", "a=" + one, "--server", "b=" + two), frontOptions(more)));
    }

    private Object[] frontOptions(String... more) {
        return Stream.concat(
                        Stream.of(
                                "--choose-on",
                                heldOut.toString(),
                                "--select",
                                "top:3,top:6,top:3+diverse:0.6,rounds:top:2,top:6",
                                "--until",
                                "min-entropy:0.5,1.0",
                                "--file",
                                "jpeg:30,jpeg:60@8",
                                "--reach",
                                "0.3"),
                        Stream.of(more))
                .toArray();
    }

    private Object[] arguments(List<Object> servers, Object... more) {
        List<Object> all = new ArrayList<>(List.of("sweep", "--edge", edge, "--images", images, "--out", out));
        all.addAll(servers);
        all.addAll(List.of(more));
        return all.toArray();
    }
}
