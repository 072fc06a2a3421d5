package glimpse.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.Rows;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PointTablesTest {
    private static final Pattern ROW = Pattern.compile("<tr(?: class=\"chosen\")?>(<td>.*?)</tr>");

    @Test
    void aSelectionStandsBesideItsRandomMatchedCounterpart() {
        String html = PointTables.guidedAgainstRandom(Rows.table(
                0.82,
                onKept("mean/random-matched:top:9/jpeg:50/always", 0.61),
                onKept("mean/top:9/jpeg:50/always", 0.75),
                onKept("mean/top:9/raw/always", 0.76),
                onKept("rollout/top:9/jpeg:50/always", 0.74)));
        assertThat(rows(html)).containsExactly("mean / top:9|jpeg:50|75.00 %|61.00 %|+14.00");
    }

    @Test
    void aSelectionWorseThanRandomHasANegativeDifference() {
        String html = PointTables.guidedAgainstRandom(Rows.table(
                0.82,
                onKept("mean/top:9/raw/always", 0.5),
                onKept("mean/top:9/raw/never", 0.5),
                onKept("mean/random-matched:top:9/raw/always", 0.625)));
        assertThat(rows(html)).containsExactly("mean / top:9|raw|50.00 %|62.50 %|-12.50");
    }

    @Test
    void withoutACounterpartThereIsNoComparison() {
        assertThat(PointTables.guidedAgainstRandom(Rows.table(
                        0.82,
                        onKept("mean/top:9/raw/always", 0.5),
                        onKept("mean/random-matched:top:8/raw/always", 0.6),
                        onKept("file/png/always", 0.7))))
                .isEmpty();
    }

    @Test
    void everyPointIsListedWithWhetherItIsOnTheFront() {
        TableRow chosen = row("mean/top:9/raw/always", 0.25, 0.75);
        String html = PointTables.all(
                Rows.table(0.82, row("mean/top:8/raw/never", 0.3, 0.7), chosen, row("file/png/always", 1, 0.8)),
                chosen);
        assertThat(html).contains("<h2>All operating points</h2>");
        assertThat(rows(html))
                .containsExactly(
                        "mean|top:8|never|raw|137.87|30.00 %|70.00 %|1,000|",
                        "mean|top:9|always|raw|137.87|25.00 %|75.00 %|1,000|yes",
                        "none|file|always|png|137.87|100.00 %|80.00 %|1,000|yes");
        assertThat(html.split("class=\"chosen\"", -1)).hasSize(2);
        assertThat(html).contains("<tr class=\"chosen\"><td>mean</td><td>top:9</td>");
    }

    @Test
    void fourHundredPointsAreAllListed() {
        List<TableRow> rows = dominated(399);
        TableRow best = row("mean/top:1/raw/never", 0.1, 0.9);
        rows.add(best);
        assertThat(rows(PointTables.all(Rows.table(0.82, rows.toArray(TableRow[]::new)), best)))
                .hasSize(400);
    }

    @Test
    void ofMorePointsTheFrontTheUngatedAndTheChosenOneAreListed() {
        List<TableRow> rows = dominated(400);
        TableRow chosen = row("mean/top:2/raw/never", 0.5, 0.6);
        rows.add(chosen);
        rows.add(row("mean/top:1/raw/never", 0.1, 0.9));
        rows.add(row("mean/top:3/raw/always", 0.6, 0.5));
        String html = PointTables.all(Rows.table(0.82, rows.toArray(TableRow[]::new)), chosen);
        assertThat(html).contains("The Pareto front and the points without a gate, 3 of 403 points; table.csv has all");
        assertThat(rows(html))
                .satisfiesExactly(
                        row -> assertThat(row).startsWith("mean|top:2|never"),
                        row -> assertThat(row).startsWith("mean|top:1|never").endsWith("yes"),
                        row -> assertThat(row).startsWith("mean|top:3|always"));
    }

    @Test
    void cellsAreEscaped() {
        assertThat(PointTables.table("texts", List.of("a<b"), List.of(List.of("c&d")), -1))
                .contains("class=\"texts\"", "<th scope=\"col\">a&lt;b</th>", "<tr><td>c&amp;d</td></tr>");
    }

    private static List<TableRow> dominated(int count) {
        List<TableRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row("mean/top:" + (1000 + i) + "/raw/never", 0.8, 0.5));
        }
        return rows;
    }

    private static TableRow row(String spec, double cost, double top1) {
        return Rows.row(OperatingPoint.parse(spec), cost, top1);
    }

    private static TableRow onKept(String spec, double top1) {
        TableRow row = row(spec, 0.5, 0.7);
        return new TableRow(
                row.point(),
                row.confident(),
                row.meanKept(),
                row.meanLowestScore(),
                row.meanSumOfScores(),
                row.cost(),
                row.collaborative(),
                new Accuracy(top1, 0.9),
                row.communication());
    }

    private static List<String> rows(String html) {
        return ROW.matcher(html)
                .results()
                .map(MatchResult::group)
                .map(row -> row.replaceAll("</?tr[^>]*>", "")
                        .replace("</td><td>", "|")
                        .replaceAll("</?td>", ""))
                .toList();
    }
}
