package glimpse.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
    @Test
    void dominatedPointsAreLeftOut() {
        TableRow cheap = point(0.1, 0.7);
        TableRow middle = point(0.4, 0.8);
        TableRow best = point(0.9, 0.82);
        List<TableRow> points = List.of(best, point(0.5, 0.8), point(0.4, 0.75), cheap, point(0.95, 0.81), middle);
        assertThat(ParetoFront.of(points)).containsExactly(cheap, middle, best);
    }

    @Test
    void theFrontIsWhatTheDefinitionSays() {
        Random random = new Random(5);
        List<TableRow> points = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            points.add(point(random.nextInt(40) / 40.0, random.nextInt(40) / 40.0));
        }
        List<TableRow> undominated = points.stream()
                .filter(point -> points.stream().noneMatch(other -> dominates(other, point)))
                .toList();
        assertThat(ParetoFront.of(points)).isNotEmpty().doesNotHaveDuplicates().hasSameElementsAs(undominated);
    }

    @Test
    void ofEqualRowsTheFirstIsKept() {
        TableRow first = Rows.row(Rows.point("mean", "top:1", "raw", "always"), 0.4, 0.8);
        TableRow second = Rows.row(Rows.point("mean", "top:2", "raw", "always"), 0.4, 0.8);
        assertThat(ParetoFront.of(List.of(first, second))).containsExactly(first);
        assertThat(ParetoFront.of(List.of(second, first))).containsExactly(second);
    }

    @Test
    void anotherMeasureOfCostGivesAnotherFront() {
        TableRow few = Rows.row(Rows.point("mean", "top:1", "raw", "always"), 0.2, 0.8, 5000);
        TableRow small = Rows.row(Rows.point("mean", "top:9", "jpeg:50", "always"), 0.9, 0.8, 1000);
        assertThat(ParetoFront.of(List.of(few, small))).containsExactly(few);
        assertThat(ParetoFront.of(
                        List.of(few, small), row -> row.communication().upPerImage()))
                .containsExactly(small);
    }

    private static boolean dominates(TableRow other, TableRow point) {
        return other.cost() <= point.cost()
                && other.collaborative().top1() >= point.collaborative().top1()
                && (other.cost() < point.cost()
                        || other.collaborative().top1() > point.collaborative().top1());
    }

    private static TableRow point(double cost, double top1) {
        return Rows.row(Rows.point("mean", "sum:0.97", "raw", "min-entropy:0.8"), cost, top1);
    }
}
