package glimpse.collab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {
    @Test
    void pointsThatAnotherBeatsAreLeftOut() {
        OperatingPoint cheap = point(0.1, 0.7);
        OperatingPoint middle = point(0.4, 0.8);
        OperatingPoint best = point(0.9, 0.82);
        List<OperatingPoint> points =
                List.of(best, point(0.5, 0.8), point(0.4, 0.75), cheap, point(0.95, 0.81), middle);
        assertThat(ParetoFront.of(points)).containsExactly(cheap, middle, best);
    }

    @Test
    void theFrontIsWhatTheDefinitionSays() {
        Random random = new Random(5);
        List<OperatingPoint> points = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            points.add(point(random.nextInt(40) / 40.0, random.nextInt(40) / 40.0));
        }
        List<OperatingPoint> unbeaten = points.stream()
                .filter(point -> points.stream().noneMatch(other -> beats(other, point)))
                .toList();
        assertThat(ParetoFront.of(points)).isNotEmpty().doesNotHaveDuplicates().hasSameElementsAs(unbeaten);
    }

    private static boolean beats(OperatingPoint other, OperatingPoint point) {
        return other.cost() <= point.cost()
                && other.collaborative() >= point.collaborative()
                && (other.cost() < point.cost() || other.collaborative() > point.collaborative());
    }

    @Test
    void theCheapestPointNearTheServerIsChosen() {
        OperatingPoint near = point(0.4, 0.818);
        assertThat(ParetoFront.chosen(List.of(point(0.1, 0.7), point(0.9, 0.83), near), 0.003, 1))
                .isEqualTo(near);
    }

    @Test
    void withoutAPointNearTheServerTheMostAccurateIsChosen() {
        OperatingPoint best = point(0.4, 0.75);
        assertThat(ParetoFront.chosen(List.of(point(0.1, 0.7), best, point(0.9, 0.74)), 0.003, 1))
                .isEqualTo(best);
    }

    @Test
    void withinTheBudgetTheCheapestNearTheServerOrElseTheMostAccurate() {
        OperatingPoint cheap = point(0.2, 0.75);
        OperatingPoint middle = point(0.3, 0.8);
        OperatingPoint near = point(0.4, 0.818);
        assertThat(ParetoFront.chosen(List.of(cheap, middle, near), 0.003, 0.4)).isEqualTo(near);
        assertThat(ParetoFront.chosen(List.of(cheap, middle, near), 0.003, 0.35))
                .isEqualTo(middle);
        assertThat(ParetoFront.chosen(List.of(cheap, middle, near), 0.003, 0.1)).isEqualTo(near);
    }

    private static OperatingPoint point(double cost, double collaborative) {
        return new OperatingPoint(
                100, 0.6, 0.82, "mean", "sum:0.97", "raw", "min-entropy:0.8", 100, cost, collaborative, 0.8, 1000);
    }
}
