package glimpse.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.Rows;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {
    private static final TableRow CHEAP = row("mean/top:1/raw/always", 0.25, 0.5, 1000);
    private static final TableRow DEAR = row("mean/top:9/raw/always", 0.75, 1.0, 3000);
    private static final TableRow FILE = row("file/png/always", 1, 0.75, 4000);

    /** The chart is 636 wide from 64 and 324 high from 36; accuracies run from 0.4 to 1. */
    @Test
    void marksStandAtTheirCostAndAccuracy() {
        String svg = chart(Chart.Axis.COST, CHEAP, DEAR);
        assertThat(svg)
                .contains("class=\"dot c0\" d=\"M223.0,306.0m-5,0a5,5", "class=\"dot c0\" d=\"M541.0,36.0m-5,0a5,5");
    }

    @Test
    void theFrontIsAStaircase() {
        TableRow dominated = row("mean/top:5/raw/always", 0.5, 0.49, 2000);
        assertThat(chart(Chart.Axis.COST, DEAR, dominated, CHEAP))
                .contains("class=\"front\" d=\"M223.0,")
                .containsPattern("class=\"front\" d=\"M[0-9.,]+H541.0V36.0\"/>");
    }

    @Test
    void aRingMarksTheChosenPoint() {
        ResultTable table = table(CHEAP, DEAR);
        assertThat(new Chart(table, DEAR, Chart.Axis.COST).html())
                .contains("<circle class=\"here\" cx=\"541.0\" cy=\"36.0\" r=\"9\"/>");
    }

    @Test
    void filesStandInTheChartOfBytesAlone() {
        assertThat(chart(Chart.Axis.COST, CHEAP, FILE)).doesNotContain("whole image, png");
        assertThat(chart(Chart.Axis.BYTES, CHEAP, FILE)).contains("whole image, png", "bytes up 4,000");
    }

    @Test
    void everyMethodHasItsColourShapeAndLegend() {
        String svg = chart(
                Chart.Axis.COST,
                CHEAP,
                DEAR,
                row("rollout/top:1/raw/always", 0.3, 0.6, 1),
                row("mean/all/raw/always", 1, 0.9, 1));
        assertThat(svg.split("class=\"dot c0\"", -1)).hasSize(1 + 2);
        assertThat(svg)
                .contains("class=\"dot c1\"", "class=\"dot c2\"")
                .contains("</svg> mean / top</li>", "</svg> rollout / top</li>", "</svg> mean / all</li>");
    }

    @Test
    void theEdgeAndTheServerAloneAreLevels() {
        assertThat(chart(Chart.Axis.COST, CHEAP, DEAR)).contains(">edge alone</text>", ">server, whole images</text>");
    }

    @Test
    void withoutAServerBaselineThereIsNoLevelOfIt() {
        ResultTable table = new ResultTable(500, 0, new Accuracy(0.7, 0.9), Optional.empty(), List.of(CHEAP, DEAR));
        assertThat(new Chart(table, CHEAP, Chart.Axis.COST).html())
                .contains(">edge alone</text>")
                .doesNotContain("server, whole images", "NaN");
    }

    @Test
    void withoutAPointToDrawThereIsNoChart() {
        assertThat(chart(Chart.Axis.COST, FILE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4000, '5,000'", "5000, '5,000'", "5001, '10,000'", "10001, '12,500'", "0.5, 1", "900000, '1,000,000'"})
    void theAxisOfBytesEndsAtARoundNumber(double most, String end) {
        String svg = chart(Chart.Axis.BYTES, row("mean/top:1/raw/always", 0.25, 0.5, most));
        assertThat(svg).contains("text-anchor=\"end\">" + end + "</text>\n<text x=\"384\"");
    }

    @ParameterizedTest
    @CsvSource({"0.5, 1, 40 50 60 70 80 90 100", "0.712, 0.745, 70 71 72 73 74 75", "0.86, 0.866, 85.4 85.6"})
    void accuraciesHaveTicksAtRoundNumbers(double lowest, double highest, String ticks) {
        ResultTable table = new ResultTable(
                500,
                0,
                new Accuracy(lowest, 0.9),
                Optional.empty(),
                List.of(row("mean/top:1/raw/always", 0.25, highest, 1)));
        String texts = Pattern.compile("text-anchor=\"end\">([0-9.]+)</text>")
                .matcher(new Chart(table, table.rows().getFirst(), Chart.Axis.COST).html())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining(" "));
        assertThat(texts).startsWith(ticks);
    }

    @Test
    void theAxisOfCostAlwaysEndsAtAllImagesWhole() {
        assertThat(chart(Chart.Axis.COST, CHEAP)).contains("text-anchor=\"end\">100</text>\n<text x=\"384\"");
    }

    @Test
    void equalAccuraciesStillHaveAnAxis() {
        ResultTable table = new ResultTable(
                500, 0, new Accuracy(0.5, 0.9), Optional.empty(), List.of(row("mean/top:1/raw/always", 0.25, 0.5, 1)));
        assertThat(new Chart(table, table.rows().getFirst(), Chart.Axis.COST).html())
                .contains(">49.4</text>", ">50.6</text>")
                .doesNotContain("NaN", "Infinity");
    }

    private static String chart(Chart.Axis axis, TableRow... rows) {
        return new Chart(table(rows), rows[0], axis).html();
    }

    private static ResultTable table(TableRow... rows) {
        return Rows.table(0.9, rows);
    }

    private static TableRow row(String spec, double cost, double top1, double bytes) {
        return Rows.row(OperatingPoint.parse(spec), cost, top1, bytes);
    }
}
