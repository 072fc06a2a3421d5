package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.engine.Pooling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReproduceCommandTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");

    @TempDir
    Path folder;

    private Path edge;
    private Path server;
    private Path images;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        edge = TinyModel.write(folder.resolve("edge"), TinyModel.RGB, 1, LABELS);
        server = TinyModel.write(folder.resolve("server"), TinyModel.RGB, 2, LABELS);
        images = TestImages.folder(folder.resolve("images"), LABELS, 12);
        out = folder.resolve("out");
    }

    @Test
    void thePageShowsEachPublishedFigureBesideOursAndSaysThatTheModelsAreOthers() throws Exception {
        CommandRun run = reproduce();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("glimpse reproduce: 12 images take about ", " ms per image and the server ");
        assertThat(run.out())
                .startsWith("Not a reproduction of the paper: The edge is not DeiT-Tiny: 24 wide, 3 blocks")
                .endsWith(out.resolve("reproduction.html") + "\n");
        String html = Files.readString(out.resolve("reproduction.html"));
        assertThat(html)
                .contains("This is not a reproduction", "12 images count, not the paper&#39;s 50,000")
                .doesNotContain("http:", "https:", "src=", "<script");
        Document page = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(out.resolve("reproduction.html").toFile());
        assertThat(page.getElementsByTagName("svg").getLength()).isGreaterThan(2);
        JsonNode comparison =
                new ObjectMapper().readTree(out.resolve("comparison.json").toFile());
        assertThat(comparison).hasSize(42);
        assertThat(comparison.get(11).get("published").doubleValue()).isEqualTo(80.83);
        JsonNode main = comparison.get(11);
        assertThat(main.get("ours").doubleValue())
                .isBetween(
                        main.get("ours_low").doubleValue(),
                        main.get("ours_high").doubleValue());
        assertThat(out.resolve("comparison.csv"))
                .content()
                .startsWith("setting,quantity,published,")
                .hasLineCount(43);
        assertThat(out.resolve("comparison.md")).content().hasLineCount(44);
    }

    @Test
    void aPointsFigureIsWhatAnEvaluationSays() throws IOException {
        JsonNode main = new ObjectMapper().readTree(reproduce("--json").out()).get(11);
        CommandRun alone = CommandRun.of(
                "evaluate",
                "--edge",
                edge,
                "--server",
                server,
                "--images",
                images,
                "--out",
                folder.resolve("alone"),
                "--json");
        JsonNode row = new ObjectMapper().readTree(alone.out()).get(0);
        assertThat(main.get("ours").doubleValue())
                .isEqualTo(100 * row.get("collaborative_top1").doubleValue());
    }

    @Test
    void whatAKilledRunLeftIsGoneOnWith() throws IOException {
        reproduce();
        byte[] rows = Files.readAllBytes(out.resolve("images.csv"));
        byte[] comparison = Files.readAllBytes(out.resolve("comparison.csv"));
        Files.write(out.resolve("images.csv"), Arrays.copyOf(rows, rows.length * 2 / 3));
        CommandRun again = reproduce();
        assertThat(again.err()).contains("of 12 images were already finished");
        assertThat(Files.readAllBytes(out.resolve("images.csv"))).isEqualTo(rows);
        assertThat(Files.readAllBytes(out.resolve("comparison.csv"))).isEqualTo(comparison);
    }

    @Test
    void anImageThatCannotBeReadIsCounted() throws IOException {
        Files.writeString(images.resolve("ant/broken.jpg"), "no picture");
        CommandRun run = reproduce();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("broken.jpg");
        assertThat(Files.readString(out.resolve("reproduction.html"))).contains("1 that failed don&#39;t count");
    }

    @Test
    void modelsThatDoNotFitAreRefusedBeforeAnythingIsWritten() throws IOException {
        server = TinyModel.write(folder.resolve("grey"), TinyModel.GREY, 2, List.of());
        assertRefused(reproduce(), "--edge and --server don't fit: the image size is 16 and 14");
    }

    @Test
    void anEdgeWithoutAClassTokenIsRefused() throws IOException {
        edge = TinyModel.write(folder.resolve("mean"), TinyModel.rgb(Pooling.MEAN_OF_PATCHES), 2, LABELS);
        server = edge;
        assertRefused(reproduce(), "--edge: score mean needs the attention of a class token");
    }

    @Test
    void imagesWithoutLabelsAreRefused() throws IOException {
        images = Files.createDirectory(folder.resolve("flat"));
        TestImages.write(images.resolve("one.png"), 1);
        CommandRun run = reproduce();
        assertThat(run.err()).contains(images.toString()).doesNotContain("take about");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
        out = Files.writeString(folder.resolve("file"), "");
        assertRefused(reproduce(), "--out " + out + ": is a file, expected a folder");
    }

    private void assertRefused(CommandRun run, String message) {
        assertThat(run.err()).startsWith("glimpse reproduce: " + message);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(out.resolve("images.csv")).doesNotExist();
    }

    private CommandRun reproduce(String... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("reproduce", "--edge", edge, "--server", server, "--images", images, "--out", out));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }
}
