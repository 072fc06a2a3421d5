package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.collab.fixture.FaultyServer;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import glimpse.engine.Workers;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.CalibrationFile;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrateCommandTest {
    @TempDir
    Path folder;

    private PairFixture pair;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        pair = PairFixture.write(folder, 60);
        out = folder.resolve("pair.json");
    }

    @Test
    void theGateKeepsThePromiseOnTheImagesThatItRestsOn() throws IOException {
        CommandRun run = calibrate("--select", "top:5", "--risk", "0.1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Calibration calibration = CalibrationFile.read(out);
        assertThat(calibration.chosenOn()).isEqualTo(12);
        assertThat(calibration.counts().images()).isEqualTo(48);
        assertThat(calibration.counts().wrong()).isEqualTo(3); // the most that (3 + 1) / (48 + 1) allows
        assertThat(calibration.point().upload().spec()).isEqualTo("mean/top:5/raw");
        assertThat(calibration.pair().edgeTemperature()).isNotEqualTo(1);
        assertThat(calibration.pair().serverTemperature()).isNotEqualTo(1);
        assertThat(run.out())
                .contains("Operating point " + calibration.point().spec(), "Promise: on average over calibration sets");
    }

    @Test
    void aConfidenceIsStricter() throws IOException {
        calibrate("--select", "top:5", "--risk", "0.1");
        int expected = CalibrationFile.read(out).counts().confident();
        CommandRun run = calibrate("--select", "top:5", "--risk", "0.1", "--confidence", "0.9");
        assertThat(run.out()).contains("Promise: with 90 % confidence, at most 10 % of all images like the 48");
        assertThat(CalibrationFile.read(out).counts().confident()).isLessThan(expected);
        assertThat(CalibrationFile.read(out).promise().confidence()).hasValue(0.9);
    }

    @Test
    void ofWeightsTheBestIsChosenAndOfCountsTheBestWithinTheBudget() throws IOException {
        CommandRun run = calibrate(
                "--select",
                "top:3+diverse:0.2..0.8/0.3,top:8+diverse:0.2..0.8/0.3",
                "--risk",
                "0.2",
                "--budget",
                "0.4");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Calibration calibration = CalibrationFile.read(out);
        assertThat(calibration.weights().keySet()).containsExactly(3, 8);
        assertThat(calibration.chosenOn()).isEqualTo(30);
        assertThat(calibration.uploads())
                .hasSize(2)
                .contains(calibration.point().upload());
        assertThat(run.out())
                .contains("\nWeights by number of patches: diverse:"
                        + calibration.weights().get(3) + "@3:"
                        + calibration.weights().get(8) + "@8\n");
    }

    @Test
    void weightsByBytesAreSaidAsSuch() throws IOException {
        CommandRun run = calibrate(
                "--select",
                "bytes:300+diverse:0.2..0.8/0.6,bytes:600+diverse:0.2..0.8/0.6",
                "--codec",
                "deflate",
                "--risk",
                "0.2",
                "--budget",
                "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        SortedMap<Integer, Float> weights = CalibrationFile.read(out).weights();
        assertThat(run.out())
                .contains("\nWeights of diverse by bytes: " + weights.get(300) + " for bytes:300, " + weights.get(600)
                        + " for bytes:600\n");
    }

    @Test
    void anotherPromiseNeedsNoNewRows() throws IOException {
        Path rows = folder.resolve("rows");
        calibrate("--select", "top:5", "--risk", "0.1", "--rows", rows.toString());
        Path promise;
        try (Stream<Path> folders = Files.list(rows)) {
            promise = folders.filter(one -> one.toString().contains("promise-"))
                    .findFirst()
                    .orElseThrow()
                    .resolve("images.csv");
        }
        byte[] first = Files.readAllBytes(promise);
        CommandRun again = calibrate("--select", "top:5", "--risk", "0.2", "--rows", rows.toString());
        assertThat(again.err()).contains("48 of 48 images were already finished");
        assertThat(Files.readAllBytes(promise)).isEqualTo(first);
    }

    @Test
    void anEvaluationUsesItAndSaysWhatBecameOfThePromise() throws IOException {
        calibrate("--select", "top:5", "--risk", "0.1");
        CommandRun run = evaluate("--audit", "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Calibration calibration = CalibrationFile.read(out);
        JsonNode rows = Json.read(folder.resolve("results/table.json"));
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("gate").asText())
                .isEqualTo(calibration.point().gate().spec());
        JsonNode promise = Json.read(folder.resolve("results/promise.json"));
        assertThat(promise.get("images").asInt()).isEqualTo(60);
        assertThat(promise.get("confident").asInt())
                .isGreaterThanOrEqualTo(calibration.counts().confident());
        assertThat(run.out())
                .contains("Promise: " + calibration.sentence(), "Here it is ", "drift alarm, in random order: ");
        assertThat(Files.readString(folder.resolve("results/run.json"))).contains("edge_temperature");
    }

    @Test
    void optionsTakePrecedenceInAnEvaluation() throws IOException {
        calibrate("--select", "top:5", "--risk", "0.1");
        evaluate("--select", "top:3", "--gate", "never");
        JsonNode row = Json.read(folder.resolve("results/table.json")).get(0);
        assertThat(row.get("selection").asText() + " " + row.get("gate").asText())
                .isEqualTo("top:3 never");
        assertThat(folder.resolve("results/promise.json")).doesNotExist();
    }

    @Test
    void aSweepAddsWhatWasCalibrated() throws IOException {
        calibrate("--select", "top:3+diverse:0.5,top:5+diverse:0.5", "--risk", "0.2", "--budget", "1");
        CommandRun run = pair.run(
                "sweep",
                "--select",
                "top:4",
                "--gate",
                "never",
                "--calibration",
                out,
                "--out",
                folder.resolve("results"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Json.read(folder.resolve("results/table.json"))).hasSize(3 * 2);
    }

    @Test
    void anEdgeAuditsConfidentImagesAndWatchesForDrift() throws IOException {
        calibrate("--select", "top:5", "--risk", "0.3");
        List<JsonNode> lines = new ArrayList<>();
        try (Workers workers = Workers.of(1)) {
            ServerNode node = new ServerNode(Classifier.load(pair.server(), workers));
            String hash = Sha256.ofFile(pair.server()); // answers of any other model are refused
            try (FaultyServer http = new FaultyServer((request, sink, connection) -> FaultyServer.send(
                    sink,
                    200,
                    "Glimpse-Model: " + hash + "\r\n",
                    node.handle(List.of(request.body())).getFirst()))) {
                CommandRun run = CommandRun.of(
                        "edge",
                        "--model",
                        pair.edge(),
                        "--server",
                        http.uri(),
                        "--server-model",
                        "base",
                        "--calibration",
                        out,
                        "--audit",
                        "1",
                        "--deadline-millis",
                        60_000,
                        pair.images());
                assertThat(run.exitCode()).as(run.err()).isZero();
                for (String line : run.out().lines().toList()) {
                    lines.add(Json.mapper().readTree(line));
                }
            }
        }
        assertThat(lines).hasSize(60).allSatisfy(line -> {
            boolean confident = line.get("source").asText().equals("edge");
            assertThat(line.has("audit")).isEqualTo(confident);
            assertThat(line.get("drift").isBoolean()).isTrue();
            assertThat(line.get("up_bytes").asInt()).isPositive();
        });
        assertThat(lines.stream()
                        .filter(line -> line.has("audit"))
                        .map(line -> line.get("audit").asText()))
                .contains("agrees", "disagrees")
                .doesNotContain("unanswered");
    }

    @Test
    void anEdgeTakesNoOtherGateThanTheOneThatPromises() throws IOException {
        calibrate("--select", "top:5", "--risk", "0.3");
        CommandRun run = CommandRun.of(
                "edge",
                "--model",
                pair.edge(),
                "--server",
                "http://127.0.0.1:1",
                "--server-model",
                "base",
                "--calibration",
                out,
                "--gate",
                "never",
                pair.images());
        assertThat(run.err()).startsWith("glimpse edge: --gate: doesn't go with --calibration");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void splitsAreCheckedAndADriftIsCaught() throws IOException {
        Path other = folder.resolve("other");
        for (int i = 0; i < 5; i++) {
            TestImages.write(other.resolve("other" + i + ".png"), 1000 + i);
        }
        CommandRun run = calibrate(
                "--select", "top:5", "--risk", "0.2", "--check-splits", "20", "--check-drift", other.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("20 random splits into halves of 30 images: the other half's risk was above 20 % in ")
                .contains("The drift alarm (audit 2 %) was raised without a change in ")
                .contains("and on the 5 images of other in ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--risk 0.01 | the calibration set has 60 images, 48 of which are left for a promise that takes 99, expected at least 125 images (or a higher --risk)",
                "--risk 0 | --risk: '0' is invalid, expected a number above 0, below 1",
                "--risk 0.1 --confidence 1 | --confidence: '1' is invalid, expected a number above 0, below 1",
                "--risk 0.2 --select rounds:top:3 | --select rounds:top:3: has one round, expected at least two",
                "--risk 0.05 --select rounds:top:8,all --budget 0.01 | --budget: the loosest gate that keeps the promise needs a cost of 0.",
                "--risk 0.2 --select top:3,rounds:top:3,all | there are 2 uploads to choose from, expected --budget to choose by",
                "--risk 0.2 --select top:3,top:5 | there are 2 uploads to choose from, expected --budget to choose by",
                "--risk 0.2 --budget cheap | --budget: 'cheap' is invalid, expected SHARE (0..1, the paper's cost) or bytes:COUNT",
                "--risk 0.05 --select top:8 --budget 0.01 | --budget: the loosest gate that keeps the promise needs a cost of 0.",
                "--risk 0.2 --check-drift IMAGES | --check-drift IMAGES: goes with --check-splits N",
                "--risk 0.2 --out IMAGES | --out IMAGES: is a folder, expected a file name",
                "--risk 0.1 --select top:5 --check-splits 5 --confidence 0.97 | --check-splits: each half of the images: 30 images are too few for this promise, expected at least 34",
            })
    void whatCanNotBeCalibratedIsRefusedInOneLine(String options, String message) {
        CommandRun run =
                calibrate(options.replace("IMAGES", pair.images().toString()).split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        String line =
                "glimpse calibrate: " + message.replace("IMAGES", pair.images().toString());
        assertThat(run.err()
                        .lines()
                        .filter(one -> one.startsWith("glimpse calibrate: "))
                        .toList()
                        .getLast())
                .startsWith(line);
    }

    @Test
    void otherModelsAreRefused() throws IOException {
        calibrate("--select", "top:5", "--risk", "0.1");
        PairFixture calibrated = pair;
        pair = calibrated.withModels(calibrated.server(), calibrated.server());
        assertThat(evaluate().err())
                .startsWith(
                        "glimpse evaluate: --calibration " + out + ": was made with another edge's model (SHA-256 ");
        pair = calibrated.withModels(calibrated.edge(), calibrated.edge());
        CommandRun run = evaluate();
        assertThat(run.err()).contains("was made with another server's model").hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void anAuditNeedsACalibration() {
        CommandRun run = pair.run("evaluate", "--audit", "0.1", "--out", folder.resolve("results"));
        assertThat(run.err())
                .startsWith("glimpse evaluate: --audit: goes with --calibration FILE, which says what to expect");
    }

    private CommandRun calibrate(String... more) {
        return pair.runTo(out, "calibrate", (Object[]) more);
    }

    private CommandRun evaluate(String... more) {
        List<Object> options = new ArrayList<>(List.of("--calibration", out, "--out", folder.resolve("results")));
        options.addAll(List.of(more));
        return pair.run("evaluate", options.toArray());
    }
}
