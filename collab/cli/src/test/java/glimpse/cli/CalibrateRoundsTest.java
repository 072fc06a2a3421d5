package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.CalibrationFile;
import glimpse.evaluation.io.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code glimpse calibrate} with uploads in rounds. */
class CalibrateRoundsTest {
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
    void roundsGetARuleAndTheGateKeepsThePromiseWithIt() throws IOException {
        CommandRun run = calibrate("--select", "rounds:top:3,top:8,all", "--risk", "0.2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Calibration calibration = CalibrationFile.read(out);
        assertThat(calibration.chosenOn()).isEqualTo(30);
        assertThat(calibration.counts().images()).isEqualTo(30);
        assertThat(calibration.counts().wrong()).isLessThanOrEqualTo(5); // (5 + 1) / (30 + 1)
        assertThat(calibration.point().upload().spec()).isEqualTo("mean/rounds:top:3,top:8,all/raw");
        assertThat(calibration.point().until()).isPresent();
        assertThat(run.out()).contains("Operating point " + calibration.point().spec());
    }

    /** The rows that an evaluation computes at the file's temperatures are those that the promise was counted on. */
    @Test
    void anEvaluationAppliesTheRuleAndFindsThePromiseKept() throws IOException {
        calibrate("--select", "rounds:top:3,top:8,all", "--risk", "0.2");
        CommandRun run = pair.run("evaluate", "--calibration", out, "--out", folder.resolve("results"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        Calibration calibration = CalibrationFile.read(out);
        JsonNode row = Json.read(folder.resolve("results/table.json")).get(0);
        assertThat(row.get("until").asText())
                .isEqualTo(calibration.point().until().orElseThrow().spec());
        assertThat(row.get("mean_exchanges").asDouble()).isBetween(1.0, 3.0);
        JsonNode promise = Json.read(folder.resolve("results/promise.json"));
        assertThat(promise.get("confident").asInt())
                .isGreaterThanOrEqualTo(calibration.counts().confident());
        assertThat(promise.get("wrong").asInt())
                .isGreaterThanOrEqualTo(calibration.counts().wrong());

        CommandRun another =
                pair.run("evaluate", "--calibration", out, "--until", "margin:0,1", "--out", folder.resolve("results"));
        assertThat(another.exitCode()).as(another.err()).isZero();
        assertThat(Json.read(folder.resolve("results/table.json"))).hasSize(2);
    }

    @Test
    void uploadRuleAndGateAreChosenTogetherForABudget() throws IOException {
        CommandRun run = calibrate(
                "--select",
                "top:3..8/5,rounds:top:3+diverse:0.2..0.8/0.6,top:8+diverse:0.2..0.8/0.6",
                "--risk",
                "0.3",
                "--budget",
                "0.4",
                "--check-splits",
                "10");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("10 random splits into halves of 30 images");
        Calibration calibration = CalibrationFile.read(out);
        assertThat(calibration.point().until().isPresent())
                .isEqualTo(calibration.point().upload().isInRounds());
        assertThat(run.out()).containsPattern("top-1 0\\.[0-9]+, cost 0\\.[0-4]");
    }

    /** What is chosen keeps the budget on all images, or is refused; where nothing can keep it, that is said. */
    @ParameterizedTest
    @ValueSource(strings = {"0.05", "0.1", "0.2", "0.3", "0.45", "bytes:700"})
    void aBudgetIsACeiling(String budget) throws IOException {
        CommandRun run = calibrate("--select", "top:2..8/3,rounds:top:2,top:8", "--risk", "0.15", "--budget", budget);
        if (run.exitCode() == 0) {
            Matcher line = Pattern.compile("On all 60 images: top-1 [0-9.]+, cost ([0-9.]+), ([0-9,]+) bytes")
                    .matcher(run.out());
            assertThat(line.find()).as(run.out()).isTrue();
            boolean ofBytes = budget.startsWith("bytes:");
            assertThat(Double.parseDouble(line.group(ofBytes ? 2 : 1)))
                    .isLessThanOrEqualTo(Double.parseDouble(budget.replace("bytes:", "")));
        } else {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("--budget: the loosest gate that keeps the promise needs ");
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void roundsAndOneMessageStandBesideOneAnother() throws IOException {
        CommandRun run = calibrate(
                "--select",
                "top:2..8/3,rounds:top:2,top:8",
                "--risk",
                "0.3",
                "--budget",
                "0.5",
                "--check-splits",
                "10",
                "--compare-rounds",
                "0.4,bytes:600,0.0001");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("Rounds against one message, chosen on 15 images, measured on 15 others, 10 random splits:\n")
                .containsPattern("Budget 0\\.4: one message top-1 0\\.[0-9]{4} with a cost of 0\\.[0-9]{4}, rounds"
                        + " 0\\.[0-9]{4} with a cost of 0\\.[0-9]{4}, [+-][0-9.]+ points \\(in 95 % of the ")
                .containsPattern("Budget bytes:600: one message top-1 0\\.[0-9]{4} with [0-9]+ bytes, rounds")
                .contains("Budget 0.0001: ");
        CommandRun refused = calibrate(
                "--select",
                "top:2,rounds:top:2,top:8",
                "--risk",
                "0.05",
                "--budget",
                "0.0001",
                "--check-splits",
                "10",
                "--compare-rounds",
                "0.4");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.out()).contains("Budget 0.4: one message top-1 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "top:2 | 0.1 | --compare-rounds: compares rounds with one message, expected --select with both",
                "rounds:top:2,all | 0.1 | --compare-rounds: compares rounds with one message, expected --select with both",
                "top:2,rounds:top:2,all | cheap | --compare-rounds: 'cheap' is invalid, expected SHARE",
            })
    void whatCanNotBeComparedIsRefused(String select, String budgets, String message) {
        CommandRun run =
                calibrate("--select", select, "--budget", "0.5", "--check-splits", "5", "--compare-rounds", budgets);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("glimpse calibrate: " + message);
        assertThat(calibrate("--select", "top:2,rounds:top:2,all", "--budget", "0.5", "--compare-rounds", "0.1")
                        .err())
                .startsWith("glimpse calibrate: --compare-rounds: goes with --check-splits N");
    }

    @Test
    void bytesAreABudgetToo() throws IOException {
        CommandRun run = calibrate(
                "--select", "rounds:top:3,top:8,all", "--codec", "deflate", "--risk", "0.3", "--budget", "bytes:400");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(CalibrationFile.read(out).point().upload().codec()).isEqualTo("deflate");
    }

    @Test
    void theSameImagesGiveTheSameFile() throws IOException {
        calibrate("--select", "rounds:top:3,all", "--risk", "0.2");
        Calibration first = CalibrationFile.read(out);
        calibrate("--select", "rounds:top:3,all", "--risk", "0.2", "--rows", folder.resolve("rows"));
        CommandRun again = calibrate("--select", "rounds:top:3,all", "--risk", "0.2", "--rows", folder.resolve("rows"));
        assertThat(again.err()).contains("30 of 30 images were already finished");
        assertThat(CalibrationFile.read(out)).isEqualTo(first);
    }

    @Test
    void aSweepAddsTheRule() throws IOException {
        calibrate("--select", "rounds:top:3,all", "--risk", "0.2");
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
        String rule = CalibrationFile.read(out).point().until().orElseThrow().spec();
        List<String> rules = new ArrayList<>();
        Json.read(folder.resolve("results/table.json"))
                .forEach(row -> rules.add(row.path("until").asText("")));
        assertThat(rules).contains("", rule).hasSizeLessThanOrEqualTo(4); // two uploads, two gates at most
    }

    @Test
    void aRuleNeedsRoundsInTheCalibration() throws IOException {
        calibrate("--select", "top:5", "--risk", "0.2");
        CommandRun run =
                pair.run("evaluate", "--calibration", out, "--until", "margin:0.5", "--out", folder.resolve("results"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("glimpse evaluate: --until: ends rounds, but the calibration's upload, mean/top:5/raw, has"
                        + " none\n");
    }

    private CommandRun calibrate(Object... more) {
        return pair.runTo(out, "calibrate", more);
    }
}
