package glimpse.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
    @Test
    void pointsThatAnotherBeatsAreLeftOut() {
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
        List<TableRow> unbeaten = points.stream()
                .filter(point -> points.stream().noneMatch(other -> beats(other, point)))
                .toList();
        assertThat(ParetoFront.of(points)).isNotEmpty().doesNotHaveDuplicates().hasSameElementsAs(unbeaten);
    }

    private static boolean beats(TableRow other, TableRow point) {
        return other.cost() <= point.cost()
                && other.collaborative().top1() >= point.collaborative().top1()
                && (other.cost() < point.cost()
                        || other.collaborative().top1() > point.collaborative().top1());
    }

    private static TableRow point(double cost, double top1) {
        return Rows.row(Rows.point("mean", "sum:0.97", "raw", "min-entropy:0.8"), cost, top1);
    }
}
