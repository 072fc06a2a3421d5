package glimpse.evaluation.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.Communication;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFilesTest {
    private static final Upload UPLOAD = new Upload.Patches(
            new SelectionPolicy(AttentionScore.mean(), PatchSelection.sum(0.97f)), PayloadCodec.raw());
    private static final TableRow SOME = new TableRow(
            new OperatingPoint(UPLOAD, new OffloadGate.MinEntropy(0.8)),
            240,
            137.8653846153846,
            0.00088869,
            0.96961,
            0.36576530612244895,
            new Accuracy(0.704, 0.92),
            new Accuracy(0.702, 0.918),
            new Communication(55078.5, 25.48, 105920.2, 49, 0.36590, 0.70365, 2.0848, 3.99));
    private static final TableRow NONE = new TableRow(
            new OperatingPoint(UPLOAD, new OffloadGate.Never()),
            500,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            0,
            new Accuracy(0.706, 0.928),
            new Accuracy(0.702, 0.918),
            new Communication(0, 0, Double.NaN, Double.NaN, 0, Double.NaN, 0, Double.NaN));
    private static final ResultTable TABLE =
            new ResultTable(500, 2, new Accuracy(0.706, 0.928), Optional.empty(), List.of(SOME, NONE));

    @Test
    void csvHasAllDigitsAndNothingWhereThereIsNoNumber() {
        assertThat(TableFiles.csv(TABLE).lines())
                .containsExactly(
                        "images,failed,edge_top1,edge_top5,score,selection,codec,gate,mean_kept,mean_least_score,"
                                + "mean_score_sum,confident,cost,collaborative_top1,collaborative_top5,"
                                + "server_on_kept_top1,server_on_kept_top5,server_whole_top1,server_whole_top5,"
                                + "up_bytes_per_image,down_bytes_per_image,up_bytes_per_offloaded,"
                                + "down_bytes_per_offloaded,up_of_raw_per_image,up_of_raw_per_offloaded,"
                                + "up_of_file_per_image,up_of_file_per_offloaded",
                        "500,2,0.706,0.928,mean,sum:0.97,raw,min-entropy:0.8,137.8653846153846,8.8869E-4,0.96961,240,"
                                + "0.36576530612244895,0.704,0.92,0.702,0.918,,,55078.5,25.48,105920.2,49.0,0.3659,"
                                + "0.70365,2.0848,3.99",
                        "500,2,0.706,0.928,mean,sum:0.97,raw,never,,,,500,0.0,0.706,0.928,0.702,0.918,,,0.0,0.0,,,0.0,,0.0,");
    }

    @Test
    void jsonHasNumbersAsNumbersAndNullWhereThereIsNone() throws IOException {
        JsonNode rows = Json.mapper().readTree(TableFiles.json(TABLE));
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("cost").doubleValue()).isEqualTo(0.36576530612244895);
        assertThat(rows.get(0).get("confident").intValue()).isEqualTo(240);
        assertThat(rows.get(0).get("gate").textValue()).isEqualTo("min-entropy:0.8");
        assertThat(rows.get(1).get("mean_kept").isNull()).isTrue();
        assertThat(rows.get(1).get("server_whole_top1").isNull()).isTrue();
    }

    @Test
    void whatIsWrittenAsJsonIsReadBack(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("table.json"), TableFiles.json(TABLE));
        assertThat(TableFiles.read(file)).isEqualTo(TABLE);
    }

    @Test
    void roundsHaveTwoColumnsMore(@TempDir Path folder) throws IOException {
        TableRow rounds = new TableRow(
                OperatingPoint.parse("mean/rounds:top:2,all/raw/never/min-entropy:0.3"),
                240,
                1.25,
                137,
                0.1,
                0.9,
                0.3,
                new Accuracy(0.704, 0.92),
                new Accuracy(0.702, 0.918),
                SOME.communication());
        ResultTable table =
                new ResultTable(500, 2, new Accuracy(0.706, 0.928), Optional.empty(), List.of(SOME, rounds));
        List<String> lines = TableFiles.csv(table).lines().toList();
        assertThat(lines.getFirst()).contains(",gate,until,mean_exchanges,mean_kept,");
        assertThat(lines.get(1)).contains(",min-entropy:0.8,,1.0,137.8");
        assertThat(lines.get(2)).contains(",\"rounds:top:2,all\",raw,never,min-entropy:0.3,1.25,137.0,");
        Path file = Files.writeString(folder.resolve("table.json"), TableFiles.json(table));
        assertThat(TableFiles.read(file)).isEqualTo(table);
    }

    @Test
    void aServerBaselineIsReadBack(@TempDir Path folder) throws IOException {
        ResultTable table = new ResultTable(
                500, 0, new Accuracy(0.706, 0.928), Optional.of(new Accuracy(0.81, 0.95)), List.of(SOME));
        Path file = Files.writeString(folder.resolve("table.json"), TableFiles.json(table));
        assertThat(TableFiles.read(file)).isEqualTo(table);
    }

    @Test
    void allThreeFilesAreWrittenIntoTheFolder(@TempDir Path folder) throws IOException {
        try (RunFolder run = RunFolder.open(folder, new Fingerprint(new TreeMap<>()), false)) {
            TableFiles.write(TABLE, run);
        }
        assertThat(folder.resolve("table.csv")).hasContent(TableFiles.csv(TABLE));
        assertThat(folder.resolve("table.md")).hasContent(TableFiles.markdown(TABLE));
        assertThat(TableFiles.read(folder.resolve("table.json"))).isEqualTo(TABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"cost\" : 0.36576530612244895 | \"cost\" : null | cost is missing, expected a number",
                "\"confident\" : 240 | \"confident\" : 24.5 | confident is 24.5, expected a whole number",
                "\"gate\" : \"min-entropy:0.8\" | \"gate\" : \"maybe\" | 'maybe' is invalid, expected min-entropy:BITS",
                "\"codec\" : \"raw\" | \"codec\" : 5 | codec is 5, expected a text",
                "\"mean_kept\" : 137.8653846153846 | \"mean_kept\" : \"x\" | mean_kept is \"x\", expected a number",
                "\"cost\" : 0.36576530612244895 | \"cost\" : -0.1 | cost is -0.1, expected a number from 0 to 1",
                "\"cost\" : 0.36576530612244895 | \"cost\" : NaN | cost is NaN, expected a number from 0 to 1",
                "\"collaborative_top1\" : 0.704 | \"collaborative_top1\" : 1.5 | collaborative_top1 is 1.5, expected a",
                "\"collaborative_top1\" : 0.704 | \"collaborative_top1\" : null | collaborative_top1 is missing, expected",
                "\"confident\" : 240 | \"confident\" : -1 | confident is -1, expected a whole number of at least 0",
                "\"mean_kept\" : 137.8653846153846 | \"mean_kept\" : 1e400 | mean_kept is Infinity, expected a finite",
                "\"mean_kept\" : 137.8653846153846 | \"mean_kept\" : -Infinity | mean_kept is -Infinity, expected a"
            })
    void aWrongValueIsNamedWithItsRow(String good, String bad, String message, @TempDir Path folder)
            throws IOException {
        String json = TableFiles.json(
                new ResultTable(500, 0, new Accuracy(0.706, 0.928), Optional.empty(), List.of(NONE, SOME)));
        int at = json.lastIndexOf(good);
        Path file = Files.writeString(
                folder.resolve("table.json"), json.substring(0, at) + bad + json.substring(at + good.length()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableFiles.read(file))
                .withMessageStartingWith(file + ": row 2: " + message);
    }

    @Test
    void markdownHasAHeaderAndARule() {
        String markdown = TableFiles.markdown(TABLE);
        assertThat(markdown.lines().toList().get(1)).startsWith("| --- | --- |").endsWith("| --- |");
        assertThat(markdown).startsWith("| images | failed | edge top-1 |");
    }

    @Test
    void markdownIsRoundedAndRectangular() {
        List<String> lines = TableFiles.markdown(TABLE).lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.stream()
                        .map(line -> line.chars().filter(c -> c == '|').count())
                        .distinct())
                .containsExactly(28L);
        assertThat(lines.get(2)).contains("| 137.8654 | 0.00089 | 0.9696 | 240 | 0.365765 | 0.7040 |");
        assertThat(lines.get(3)).contains("| never | - | - | - | 500 | 0.000000 |");
    }

    @Test
    void theConsoleGetsAlignedColumnsThatFitIt() {
        List<String> lines = ConsoleTable.of(TABLE).lines().toList();
        assertThat(lines.getFirst()).isEqualTo("500 images, 2 more failed; edge alone top-1 0.7060, top-5 0.9280");
        assertThat(lines)
                .hasSize(5)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(140));
        int cost = lines.get(2).indexOf("cost") + 4;
        assertThat(lines.get(3).substring(cost - 7, cost)).isEqualTo("0.36577");
        assertThat(lines.get(4).substring(cost - 7, cost)).isEqualTo("0.00000");
    }
}
