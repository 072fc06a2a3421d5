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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReproduceCommandTest {
    private static final Path CHECKPOINT =
            Path.of("..", "..", "weights-converter", "src", "test", "resources", "glimpse", "convert", "hf-deit");

    @TempDir
    Path folder;

    private PairFixture pair;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        pair = PairFixture.write(folder, 12);
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
        JsonNode comparison = PairFixture.json(out.resolve("comparison.json"));
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
        CommandRun alone = pair.run("evaluate", "--out", folder.resolve("alone"), "--json");
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
        Files.writeString(pair.images().resolve("ant/broken.jpg"), "no picture");
        CommandRun run = reproduce();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("broken.jpg");
        assertThat(Files.readString(out.resolve("reproduction.html"))).contains("1 that failed don&#39;t count");
    }

    @Test
    void modelsThatDoNotFitAreRefusedBeforeAnythingIsWritten() throws IOException {
        pair = pair.withModels(pair.edge(), TinyModel.write(folder.resolve("grey"), TinyModel.GREY, 2, List.of()));
        assertRefused(reproduce(), "--edge and --server don't fit: the image size is 16 and 14");
    }

    @Test
    void anEdgeWithoutAClassTokenIsRefused() throws IOException {
        Path model =
                TinyModel.write(folder.resolve("mean"), TinyModel.rgb(Pooling.MEAN_OF_PATCHES), 2, PairFixture.LABELS);
        pair = pair.withModels(model, model);
        assertRefused(reproduce(), "--edge: score mean needs the attention of a class token");
    }

    /** A process of its own, since the environment names the hub's cache. */
    @Test
    @Timeout(120)
    void modelsOfAHubKeepTheirNames() throws Exception {
        String commit = "0123456789abcdef0123456789abcdef01234567";
        Path repository = folder.resolve("hub/models--owner--model");
        Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(commit));
        Files.createDirectories(repository.resolve("refs"));
        Files.writeString(repository.resolve("refs/main"), commit);
        for (String file : List.of("config.json", "model.safetensors")) {
            Files.copy(CHECKPOINT.resolve(file), snapshot.resolve(file));
        }
        Path images = TestImages.folder(folder.resolve("numbered"), List.of("0", "1"), 4);
        ProcessBuilder builder = CommandRun.process(
                "reproduce",
                "--edge",
                "hf:owner/model",
                "--server",
                "hf:owner/model",
                "--images",
                images,
                "--out",
                out);
        builder.environment()
                .putAll(Map.of(
                        "HF_HUB_CACHE", folder.resolve("hub").toString(),
                        "HF_HUB_OFFLINE", "1",
                        "GLIMPSE_CACHE", folder.resolve("cache").toString()));
        Path log = folder.resolve("log");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        assertThat(out.resolve("reproduction.html")).content().contains("hf:owner/model");
    }

    @Test
    void imagesWithoutLabelsAreRefused() throws IOException {
        Path images = Files.createDirectory(folder.resolve("flat"));
        TestImages.write(images.resolve("one.png"), 1);
        pair = pair.withImages(images);
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
        return pair.runTo(out, "reproduce", (Object[]) more);
    }
}
