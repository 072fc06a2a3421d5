package glimpse.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChosenPointTest {
    @Test
    void theCheapestPointNearTheServerIsChosen() {
        TableRow near = point(0.4, 0.818);
        assertThat(choose(1, point(0.1, 0.7), point(0.9, 0.83), near)).isEqualTo(near);
    }

    @Test
    void withoutAPointNearTheServerTheMostAccurateIsChosen() {
        TableRow best = point(0.4, 0.75);
        assertThat(choose(1, point(0.1, 0.7), best, point(0.9, 0.74))).isEqualTo(best);
    }

    @Test
    void withinTheBudgetTheCheapestNearTheServerOrElseTheMostAccurate() {
        TableRow cheap = point(0.2, 0.75);
        TableRow middle = point(0.3, 0.8);
        TableRow near = point(0.4, 0.818);
        assertThat(choose(0.4, cheap, middle, near)).isEqualTo(near);
        assertThat(choose(0.35, cheap, middle, near)).isEqualTo(middle);
        assertThat(choose(0.1, cheap, middle, near)).isEqualTo(near);
    }

    private static TableRow choose(double budget, TableRow... rows) {
        return ChosenPoint.choose(Rows.table(0.82, rows), 0.003, budget);
    }

    private static TableRow point(double cost, double top1) {
        return Rows.row(Rows.point("mean", "sum:0.97", "raw", "min-entropy:0.8"), cost, top1);
    }
}
