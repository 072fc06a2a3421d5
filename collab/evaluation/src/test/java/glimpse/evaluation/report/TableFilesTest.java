package glimpse.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.Communication;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        JsonNode rows = new ObjectMapper().readTree(TableFiles.json(TABLE));
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
