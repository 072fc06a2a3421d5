package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepCommandTest {
    @TempDir
    Path folder;

    private PairFixture pair;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        pair = PairFixture.write(folder, 20);
        out = folder.resolve("out");
    }

    @Test
    void everySelectionMeetsEveryCodecAndGateAndFilesNone() throws IOException {
        CommandRun run = sweep("--select", "sum:0.5..0.7/0.1", "--codec", "raw,jpeg:50", "--file", "png,jpeg:80");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode rows = json("table.json");
        assertThat(rows).hasSize(3 * 2 * 48 + 2);
        Set<String> points = new HashSet<>();
        rows.forEach(row -> points.add(row.get("selection") + " " + row.get("codec") + " " + row.get("gate")));
        assertThat(points)
                .hasSize(rows.size())
                .contains("\"sum:0.6\" \"jpeg:50\" \"min-entropy:0.001\"", "\"file\" \"png\" \"always\"");
        rows.forEach(row -> assertThat(row.get("server_whole_top1").isNumber()).isTrue());
    }

    /** The sweep is the evaluation: the same rows for the same selection and gate. */
    @Test
    void aPointOfASweepIsWhatAnEvaluationSays() throws IOException {
        sweep("--select", "sum:0.5..0.9/0.2", "--gate", "min-entropy:1.2", "--gate", "always");
        CommandRun alone = pair.run(
                "evaluate",
                "--server-baseline",
                "--select",
                "sum:0.7",
                "--gate",
                "min-entropy:1.2",
                "--out",
                folder.resolve("alone"),
                "--json");
        JsonNode expected = new ObjectMapper().readTree(alone.out()).get(0);
        assertThat(json("table.json")).contains(expected);
    }

    @Test
    void roundsMeetEveryRule() throws IOException {
        CommandRun run = sweep(
                "--select",
                "top:3,rounds:top:2..4/2,all,rounds:top:1+diverse:0.6,top:9,random-matched:rounds:top:2,all",
                "--gate",
                "always,min-entropy:1",
                "--until",
                "min-entropy:0.5..1.5/0.5,margin:0.5",
                "--file",
                "scans:60",
                "--link",
                "lte");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode rows = json("table.json");
        assertThat(rows).hasSize(2 + 4 * 2 * 4 + 4);
        assertThat(json("links.json")).hasSize(rows.size());
        assertThat(rows.findValuesAsText("selection"))
                .contains(
                        "top:3",
                        "rounds:top:2,all",
                        "rounds:top:4,all",
                        "rounds:top:1+diverse:0.6,top:9",
                        "rounds:random-matched:top:2,random-matched:all");
        assertThat(rows.findValuesAsText("until"))
                .contains("", "min-entropy:0.5", "min-entropy:1.0", "min-entropy:1.5", "margin:0.5");
        CommandRun report = CommandRun.of("report", out, "--out", folder.resolve("report.html"));
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("rounds:top:4,all", " until min-entropy:1.0", "<h2>Attention vs. random selection</h2>");
    }

    @Test
    void uploadsLosePacketsOnEachErasure() throws IOException {
        CommandRun run = sweep(
                "--select",
                "top:9,bytes:500+diverse:0.6",
                "--codec",
                "deflate",
                "--gate",
                "always,min-entropy:1",
                "--file",
                "jpeg:60",
                "--erasure",
                "loss:0..0.4/0.2:255,loss:0.4:200:3",
                "--link",
                "lte");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(json("table.json")).hasSize(2 * 2 + 1);
        JsonNode rows = json("erasure.json");
        assertThat(rows).hasSize((2 * 2 + 1) * 4);
        assertThat(rows.findValuesAsText("erasure"))
                .contains("loss:0.0:255", "loss:0.2:255", "loss:0.4:255", "loss:0.4:200:3.0");
        assertThat(rows.get(0).get("mean_received").doubleValue()).isEqualTo(9);
        assertThat(rows.get(0).get("collaborative_top1")).isEqualTo(rows.get(0).get("complete_top1"));
        assertThat(rows.get(3).get("mean_received").doubleValue()).isLessThan(9);
        assertThat(json("links.json")).hasSize((2 * 2 + 1) * (1 + 2 * 4));
        assertThat(json("links.json").findValuesAsText("link")).contains("lte", "lte/loss:0.4:200:3.0");
        assertThat(run.out()).contains("unanswered", "file/jpeg:60, once");
        assertThat(run.out()).containsPattern("\nfile/jpeg:60 +always +loss:0\\.0:255 +");
        CommandRun report = CommandRun.of("report", out, "--out", folder.resolve("report.html"));
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("<h2>Lost packets</h2>", "<td>file, jpeg:60</td><td>always</td><td>40.00 %</td><td>200</td>");
        // without erasures nothing of them is left
        sweep("--select", "top:9", "--codec", "deflate", "--gate", "always", "--fresh");
        assertThat(out.resolve("erasure.json")).doesNotExist();
    }

    @Test
    void aPatchThatFitsNoPacketFailsItsImages() throws IOException {
        CommandRun run = sweep("--select", "top:9", "--erasure", "loss:0.1:68");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(out.resolve("images.csv"))
                .content()
                .contains("9 patches don't fit 9 packets of 40 bytes, expected longer packets");
    }

    @Test
    void aChosenPointInRoundsIsRunAndKept() throws IOException {
        sweep("--select", "rounds:top:3,all", "--gate", "always", "--until", "margin:0.2");
        Path point = Files.copy(out.resolve("point.json"), folder.resolve("given.json"));
        assertThat(json("point.json").get("until").textValue()).isEqualTo("margin:0.2");
        out = folder.resolve("again");
        CommandRun run = sweep("--select", "top:5", "--gate", "never", "--point", point.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("mean/rounds:top:3,all/raw", "always until margin:0.2");
        assertThat(out.resolve("point.json")).hasSameTextualContentAs(point);
    }

    @Test
    void whatWasChosenForSeveralBudgetsIsRunBesideThePapersMethod() throws IOException {
        CommandRun chosen = sweep(
                "--select",
                "top:2..9/1,rounds:top:2+diverse:0.6,top:5+diverse:0.6,all",
                "--until",
                "min-entropy:0.9,1.2",
                "--gate",
                "always,min-entropy:1,never",
                "--budget",
                "0.5,0.2");
        assertThat(chosen.exitCode()).as(chosen.err()).isZero();
        JsonNode point = json("point.json");
        assertThat(point.get("paper").get("best").get("selection").textValue()).startsWith("top:");
        assertThat(point.get("budgets")).hasSize(2);
        assertThat(point.get("budgets").get(0).get("best").get("selection")).isEqualTo(point.get("selection"));
        assertThat(point.get("budgets").get(1).get("best").get("cost").doubleValue())
                .isLessThanOrEqualTo(0.2);
        Path given = Files.copy(out.resolve("point.json"), folder.resolve("given.json"));
        out = folder.resolve("again");
        CommandRun run = sweep("--select", "all", "--gate", "never", "--point", given.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "Chosen there for at most 20.00 % of the communication, and the paper's method:",
                        " The paper's method, patches by attention alone in one message, classifies ");
        assertThat(out.resolve("point.json")).hasSameTextualContentAs(given);
    }

    @Test
    void theChosenPointIsTheCheapestWithinTheMargin() throws IOException {
        sweep("--select", "top:2..14/4", "--margin", "5");
        JsonNode point = json("point.json");
        double server = point.get("there").get("server_whole_top1").doubleValue();
        double cost = point.get("there").get("cost").doubleValue();
        boolean near = point.get("there").get("collaborative_top1").doubleValue() >= server - 0.05;
        for (JsonNode row : json("table.json")) {
            boolean rowIsNear = row.get("collaborative_top1").doubleValue() >= server - 0.05;
            assertThat(rowIsNear && (!near || row.get("cost").doubleValue() < cost))
                    .isFalse();
        }
        assertThat(point.get("chosen_on").textValue()).isEqualTo("images, 20 images");
    }

    @Test
    void aGivenPointIsRunAndKept() throws IOException {
        sweep("--select", "top:3", "--gate", "min-entropy:0.7");
        Path point = Files.copy(out.resolve("point.json"), folder.resolve("given.json"));
        out = folder.resolve("again");
        CommandRun run = sweep("--select", "top:5", "--gate", "never", "--point", point.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("mean/top:3/raw");
        assertThat(out.resolve("point.json")).hasSameTextualContentAs(point);
    }

    @Test
    void aSecondRunWithOtherGatesLinksAndMarginsReusesEveryRow() throws IOException {
        sweep("--select", "top:3,top:5");
        byte[] rows = Files.readAllBytes(out.resolve("images.csv"));
        CommandRun again =
                sweep("--select", "top:3,top:5", "--gate", "margin:0.2..0.6/0.2", "--link", "lte", "--margin", "1");
        assertThat(again.err()).contains("20 of 20 images were already finished");
        assertThat(Files.readAllBytes(out.resolve("images.csv"))).isEqualTo(rows);
        assertThat(json("table.json")).hasSize(2 * 3);
        assertThat(json("links.json")).hasSize(2 * 3);
        sweep("--select", "top:3,top:5");
        assertThat(out.resolve("links.json")).doesNotExist();
    }

    @Test
    void whatAKilledSweepLeftIsGoneOnWith() throws IOException {
        sweep("--select", "sum:0.5..0.9/0.1", "--file", "jpeg:50");
        byte[] whole = Files.readAllBytes(out.resolve("images.csv"));
        byte[] table = Files.readAllBytes(out.resolve("table.csv"));
        Files.write(out.resolve("images.csv"), Arrays.copyOf(whole, whole.length * 2 / 3));
        sweep("--select", "sum:0.5..0.9/0.1", "--file", "jpeg:50");
        assertThat(Files.readAllBytes(out.resolve("images.csv"))).isEqualTo(whole);
        assertThat(Files.readAllBytes(out.resolve("table.csv"))).isEqualTo(table);
    }

    @Test
    void theReportShowsImagesAndTimes() throws IOException {
        sweep("--select", "top:5,random-matched:top:5", "--gate", "always", "--link", "lte,wifi", "--file", "jpeg:50");
        CommandRun run = CommandRun.of("report", out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        String html = Files.readString(out.resolve("report.html"));
        assertThat(html)
                .contains(
                        "<h2>Images</h2>",
                        "<h2>Attention vs. random selection</h2>",
                        "<h2>Bytes</h2>",
                        "<h2>Time on a link</h2>");
        assertThat(html)
                .doesNotContain("http:", "https:", "@import", "<script")
                .doesNotContainPattern("src=\"(?!data:image/)");
        assertThat(html.split("<img ", -1)).hasSizeBetween(1 + 3, 1 + 3 * 16);
        assertThat(html).doesNotContainPattern("<img (?!alt=\"[^\"]+\")");
    }

    @Test
    void skipAndLimitTakeThoseBetween() throws IOException {
        assertThat(sweep("--skip", "5", "--limit", "4").out()).startsWith("4 images;");
        List<String> rows = Files.readAllLines(out.resolve("images.csv"));
        assertThat(rows).hasSize(1 + 4);
        assertThat(rows.get(1)).startsWith("0,ant/image115.jpg,0,");
    }

    @Test
    void spreadTakesThemFromAllOver() throws IOException {
        assertThat(sweep("--limit", "3", "--spread").out()).startsWith("3 images;");
        List<String> rows = Files.readAllLines(out.resolve("images.csv"));
        for (int i = 0; i < PairFixture.LABELS.size(); i++) {
            assertThat(rows.get(1 + i)).startsWith(i + "," + PairFixture.LABELS.get(i) + "/");
        }
        assertThat(sweep("--spread").err()).isEqualTo("glimpse sweep: --spread: goes with --limit N\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--select|sum:0.9..0.5/0.1|--select: 'sum:0.9..0.5/0.1' is invalid, expected a grid of 1 to 1000",
                "--codec|zip|--codec: 'zip' is invalid, expected raw, deflate, jpeg:QUALITY (1..100) or"
                        + " glimpse:QUALITY (1..99)",
                "--file|gif|--file: 'gif' is invalid, expected png, jpeg:QUALITY (1..100), jpeg:QUALITY@SIDE",
                "--link|gprs|--link: 'gprs' is invalid, expected lte, wifi, nb-iot or",
                "--erasure|loss:1:1460|--erasure: 'loss:1:1460' is invalid, expected loss:SHARE:MTU or",
                "--margin|101|--margin: '101' is invalid, expected a number from 0 to 100",
                "--budget|1.5|--budget: '1.5' is invalid, expected a number from 0 to 1",
                "--point|nowhere.json|--point nowhere.json: no such file",
                "--point|pom.xml|--point pom.xml: not JSON: ",
                "--skip|20|--skip: '20' is invalid, expected 0..19",
                "--select|rounds:top:2,all|--select rounds:top:2,all: needs --until",
                "--select|rounds:top:2|--select rounds:top:2: has one round, expected at least two",
                "--file|scans:50|--file scans:50: needs --until",
                "--until|min-entropy:1|--until: ends rounds, expected --select rounds:",
                "--until|always|--until: 'always' is invalid, expected min-entropy:BITS or margin:SHARE",
                "--data|cifar|expected either --images PATH or --data NAME"
            })
    void wrongValuesAreOneLineThatNamesTheOption(String option, String value, String message) {
        CommandRun run = sweep(option, value);
        assertThat(run.err()).startsWith("glimpse sweep: " + message);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    private JsonNode json(String name) throws IOException {
        return PairFixture.json(out.resolve(name));
    }

    private CommandRun sweep(String... more) {
        return pair.runTo(out, "sweep", (Object[]) more);
    }
}
