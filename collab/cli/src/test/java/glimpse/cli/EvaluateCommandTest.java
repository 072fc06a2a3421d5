package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    private static final List<String> TABLES = List.of("images.csv", "table.csv", "table.json", "table.md");

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
    void itPrintsTheTableAndWritesTheFiles() throws IOException {
        CommandRun run = evaluate(
                "--select", "sum:0.9,top:4", "--gate", "min-entropy:0.8,1.0", "--gate", "always", "--server-baseline");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("12 images; edge alone top-1 ").contains("server on whole images");
        assertThat(run.out().lines()).hasSize(3 + 2 * 3);
        assertThat(run.err()).matches("glimpse evaluate: 12 images in [0-9.]+ s, [0-9.]+ images/s\\R");
        assertThat(Files.readAllLines(out.resolve("images.csv"))).hasSize(1 + 12);
        assertThat(Files.readAllLines(out.resolve("table.csv"))).hasSize(1 + 6);
        assertThat(Files.readAllLines(out.resolve("table.md"))).hasSize(2 + 6);
        assertThat(PairFixture.json(out.resolve("table.json"))).hasSize(6);
    }

    @Test
    void otherRulesReuseEveryRow() throws IOException {
        evaluate("--select", "rounds:top:3,top:7,all", "--until", "min-entropy:0.5");
        byte[] rows = Files.readAllBytes(out.resolve("images.csv"));
        CommandRun again = evaluate("--select", "rounds:top:3,top:7,all", "--until", "min-entropy:0.1,0.9,margin:0.5");
        assertThat(again.err()).contains("12 of 12 images were already finished");
        assertThat(Files.readAllBytes(out.resolve("images.csv"))).isEqualTo(rows);
        assertThat(Files.readAllLines(out.resolve("table.csv"))).hasSize(1 + 3);
        assertThat(Files.readString(out.resolve("calibration.csv")))
                .contains("mean/rounds:top:3,top:7,all/raw/min-entropy:0.8/margin:0.5");
    }

    @Test
    void jsonIsTheTable() throws IOException {
        CommandRun run = evaluate("--json");
        assertThat(run.out()).isEqualTo(Files.readString(out.resolve("table.json")));
        JsonNode row = new ObjectMapper().readTree(run.out()).get(0);
        assertThat(row.get("selection").textValue()).isEqualTo("sum:0.97");
        assertThat(row.get("gate").textValue()).isEqualTo("min-entropy:0.8");
        assertThat(row.get("images").intValue()).isEqualTo(12);
    }

    @Test
    void severalScoresMeetEverySelection() {
        CommandRun run = evaluate("--score", "mean,rollout,rollout-heads-first:2-3", "--select", "top:3,random:3");
        assertThat(run.out())
                .contains("mean/top:3/raw ", "rollout/random:3:0/raw ", "rollout-heads-first:2-3/top:3/raw ")
                .doesNotContain("failed");
    }

    @Test
    void aCodecChangesTheBytesAndOneWithoutLossNothingElse() throws IOException {
        JsonNode raw = firstRow("raw");
        JsonNode lossless = firstRow("deflate");
        JsonNode lossy = firstRow("jpeg:20");
        assertThat(lossless.get("collaborative_top1")).isEqualTo(raw.get("collaborative_top1"));
        assertThat(lossless.get("mean_kept")).isEqualTo(raw.get("mean_kept"));
        assertThat(lossless.get("up_bytes_per_image")).isNotEqualTo(raw.get("up_bytes_per_image"));
        assertThat(lossy.get("up_bytes_per_image").doubleValue())
                .isLessThan(raw.get("up_bytes_per_image").doubleValue() / 2);
    }

    private JsonNode firstRow(String codec) throws IOException {
        out = folder.resolve("out-" + codec.replace(':', '-'));
        CommandRun run = evaluate("--codec", codec, "--gate", "always", "--json");
        return new ObjectMapper().readTree(run.out()).get(0);
    }

    @Test
    void aCodecThatIsNoneIsWrongInput() {
        CommandRun run = evaluate("--codec", "zip");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("--codec: 'zip' is invalid, expected raw, deflate, jpeg:QUALITY (1..100) or glimpse:QUALITY"
                        + " (1..99)");
    }

    @Test
    void limitTakesTheFirstImages() {
        assertThat(evaluate("--limit", "5").out()).startsWith("5 images;");
    }

    @Test
    void otherGatesThreadsAndBatchesReuseTheRows() throws IOException {
        evaluate("--gate", "always");
        byte[] rows = Files.readAllBytes(out.resolve("images.csv"));
        CommandRun again = evaluate("--gate", "margin:0.5", "--threads", "1", "--batch", "3");
        assertThat(again.exitCode()).isZero();
        assertThat(again.err()).contains("12 of 12 images were already finished");
        assertThat(again.out()).contains("margin:0.5").doesNotContain("always");
        assertThat(Files.readAllBytes(out.resolve("images.csv"))).isEqualTo(rows);
    }

    @Test
    void onlyOffloadedLeavesOutTheServersAccuracyAlone() throws IOException {
        evaluate();
        String gate = "--gate=min-entropy:" + medianMinEntropy();
        evaluate(gate, "--link=lte");
        List<String> complete = columnsWithoutServerOnKept();
        String links = Files.readString(out.resolve("links.csv"));
        String calibration = Files.readString(out.resolve("calibration.csv"));
        out = folder.resolve("only");
        CommandRun run = evaluate(gate, "--link=lte", "--only-offloaded");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(PairFixture.json(out.resolve("table.json"))
                        .get(0)
                        .get("server_on_kept_top1")
                        .isNull())
                .isTrue();
        assertThat(columnsWithoutServerOnKept()).isEqualTo(complete);
        assertThat(Files.readString(out.resolve("links.csv"))).isEqualTo(links);
        assertThat(Files.readString(out.resolve("calibration.csv"))).isEqualTo(calibration);
        assertThat(Files.readAllLines(out.resolve("images.csv")))
                .filteredOn(line -> line.endsWith(",,,,,,,,"))
                .hasSize(6);
    }

    /** Returns the gate that offloads half of the images. */
    private double medianMinEntropy() throws IOException {
        double[] bits = Files.readAllLines(out.resolve("images.csv")).stream()
                .skip(1)
                .mapToDouble(row -> Double.parseDouble(row.split(",", -1)[7])) // edge_min_entropy_bits
                .sorted()
                .toArray();
        return (bits[5] + bits[6]) / 2;
    }

    private List<String> columnsWithoutServerOnKept() throws IOException {
        JsonNode row = PairFixture.json(out.resolve("table.json")).get(0);
        List<String> values = new ArrayList<>();
        row.properties().stream()
                .filter(field -> !field.getKey().startsWith("server_on_kept"))
                .forEach(field -> values.add(field.toString()));
        return values;
    }

    @Test
    void onlyOffloadedGoesWithNothingThatNeedsEveryImage() {
        assertThat(evaluate("--only-offloaded", "--server-baseline").err())
                .contains("--only-offloaded: leaves out images, but --server-baseline needs them all");
    }

    @Test
    void threadsMakeNoDifference() throws IOException {
        evaluate("--threads", "1");
        byte[] one = Files.readAllBytes(out.resolve("images.csv"));
        evaluate("--threads", "2", "--fresh");
        assertThat(Files.readAllBytes(out.resolve("images.csv"))).isEqualTo(one);
    }

    @Test
    void otherOptionsNeedAnotherFolderOrFresh() throws IOException {
        evaluate();
        byte[] rows = Files.readAllBytes(out.resolve("images.csv"));
        CommandRun other = evaluate("--select", "top:3");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .isEqualTo("glimpse evaluate: " + out.resolve("images.csv") + ": holds results of mean/sum:0.97/raw,"
                        + " which this run doesn't evaluate; add it,"
                        + " choose another folder or discard them"
                        + " with --fresh"
                        + System.lineSeparator());
        assertThat(Files.readAllBytes(out.resolve("images.csv"))).isEqualTo(rows);
        assertThat(evaluate("--select", "top:3", "--fresh").exitCode()).isZero();
    }

    @Test
    void aFolderInUseIsRefused() throws IOException {
        try (RunFolder other = RunFolder.open(out, new Fingerprint(new TreeMap<>()), false)) {
            CommandRun run = evaluate();
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains(other.file("").toString(), "in use by another evaluation");
            assertThat(run.err().lines()).hasSize(1);
        }
    }

    @Test
    void corruptImagesAreNamedAndCounted() throws IOException {
        Files.writeString(pair.images().resolve("bee/image101.jpg"), "no picture");
        CommandRun run = evaluate();
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("glimpse evaluate: bee/image101.jpg: ");
        assertThat(run.out()).startsWith("11 images, 1 more failed;");
    }

    @Test
    void nothingButCorruptImagesIsAFailure() throws IOException {
        Path bad = folder.resolve("bad");
        Files.createDirectories(bad.resolve("ant"));
        Files.writeString(bad.resolve("ant/a.png"), "no picture");
        CommandRun run = pair.withImages(bad).run("evaluate", "--out", out);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).endsWith("glimpse evaluate: the only image failed" + System.lineSeparator());
    }

    @Test
    void aFolderWithoutImagesIsWrongInput() {
        CommandRun run = pair.withImages(out).run("evaluate", "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("glimpse evaluate: --images " + out + ": no such folder or file" + System.lineSeparator());
    }

    @Test
    void modelsThatDoNotFitAreWrongInput() throws IOException {
        Path grey = TinyModel.write(folder.resolve("grey"), TinyModel.GREY, 1, List.of());
        CommandRun run = pair.withModels(pair.edge(), grey).run("evaluate", "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("glimpse evaluate: --edge and --server don't fit: the image size is 16 and 14"
                        + System.lineSeparator());
    }

    @Test
    void aLayerThatTheEdgeLacksIsWrongInput() {
        CommandRun run = evaluate("--score", "rollout-heads-first:3-4");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("glimpse evaluate: --score: score rollout-heads-first:3-4 needs layer 4, but the model has 3"
                        + System.lineSeparator());
    }

    @Test
    void aModelThatIsNoneIsWrongInput() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "a few words that are no model");
        CommandRun run = pair.withModels(text, pair.server()).run("evaluate", "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("glimpse evaluate: " + text + ": ");
    }

    /** A real process, killed without warning while it writes, then started again. */
    @Test
    @Timeout(120)
    void aKilledRunEndsWithTheSameTables() throws Exception {
        Path many = TestImages.folder(folder.resolve("many"), PairFixture.LABELS, 150);
        Path whole = folder.resolve("whole");
        assertThat(CommandRun.of(arguments(many, whole)).exitCode()).isZero();

        Process process = CommandRun.process(arguments(many, out))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        while (process.isAlive() && lines(out.resolve("images.csv")) < 5) {
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
        process.destroyForcibly().waitFor();
        assertThat(lines(out.resolve("images.csv"))).isBetween(5, 150);

        assertThat(CommandRun.of(arguments(many, out)).exitCode()).isZero();
        for (String table : TABLES) {
            assertThat(out.resolve(table)).hasSameBinaryContentAs(whole.resolve(table));
        }
    }

    /** The system's limit on a file's size stands in for a full disk: writes fail in the same way. */
    @Test
    @Timeout(120)
    void aDiskThatIsFullLosesNoFinishedRow() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: there is no /bin/bash");
        Path many = TestImages.folder(folder.resolve("many"), PairFixture.LABELS, 60);
        Path whole = folder.resolve("whole");
        assertThat(CommandRun.of(arguments(many, whole)).exitCode()).isZero();

        List<String> limited = new ArrayList<>(List.of("/bin/bash", "-c", "ulimit -f 8; exec \"$@\"", "bash"));
        limited.addAll(CommandRun.process(arguments(many, out)).command());
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(limited).redirectError(log.toFile()).start();
        assertThat(process.waitFor()).isEqualTo(1);
        List<String> errors = Files.readAllLines(log);
        assertThat(errors.getLast())
                .startsWith("glimpse evaluate: " + out.resolve("images.csv") + ": can't be written: ")
                .endsWith(" finished images are kept)");
        assertThat(errors).noneMatch(line -> line.startsWith("\tat "));
        byte[] kept = Files.readAllBytes(out.resolve("images.csv"));
        assertThat(kept).hasSizeBetween(6 * 1024, 8 * 1024);
        assertThat(Files.readAllBytes(whole.resolve("images.csv"))).startsWith(kept);
        assertThat(kept[kept.length - 1]).isEqualTo((byte) '\n');

        assertThat(CommandRun.of(arguments(many, out)).exitCode()).isZero();
        assertThat(out.resolve("images.csv")).hasSameBinaryContentAs(whole.resolve("images.csv"));
    }

    private Object[] arguments(Path pictures, Path results) throws IOException {
        Path deep = folder.resolve("deep");
        if (!Files.exists(deep)) {
            TinyModel.write(deep, TinyModel.RGB_DEEP, 1, PairFixture.LABELS);
        }
        return new Object[] {
            "evaluate",
            "--edge",
            deep,
            "--server",
            deep,
            "--images",
            pictures,
            "--out",
            results,
            "--batch",
            "1",
            "--select",
            "top:3,top:6,top:9"
        };
    }

    private static int lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file).split("\n", -1).length - 1 : 0;
    }

    private CommandRun evaluate(String... more) {
        return pair.runTo(out, "evaluate", (Object[]) more);
    }
}
