package glimpse.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    /** The ends are where the score test's statistic is the quantile: roots found by bisection. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0, 0.2775328",
        "1, 10, 0.7224672, 1",
        "0.5, 100, 0.4038315, 0.5961685",
        "0.704, 500, 0.6625547, 0.7423346"
    })
    void ofAShareItIsWilsons(double share, int images, double low, double high) {
        Interval interval = Interval.ofShare(share, images);
        assertThat(interval.low()).isCloseTo(low, within(1e-6));
        assertThat(interval.high()).isCloseTo(high, within(1e-6));
    }

    @Test
    void ofAMeanItIsTheNormalApproximations() {
        Interval interval = Interval.ofMean(new double[] {1, 2, 3, 4, 5});
        double half = 1.959963984540054 * Math.sqrt(2.5 / 5);
        assertThat(interval.low()).isCloseTo(3 - half, within(1e-12));
        assertThat(interval.high()).isCloseTo(3 + half, within(1e-12));
        assertThatThrownBy(() -> Interval.ofMean(new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are 1 values, expected at least 2");
    }

    @Test
    void ofDrawsItLeavesOutOneInFortyAtEitherEnd() {
        double[] values = IntStream.rangeClosed(1, 80).mapToDouble(i -> 81 - i).toArray();
        assertThat(Interval.ofDraws(values)).isEqualTo(new Interval(3, 78));
        assertThat(Interval.ofDraws(new double[] {5})).isEqualTo(new Interval(5, 5));
    }

    @Test
    void nineteenOfTwentyIntervalsContainTheTruth() {
        Random random = new Random(1);
        long share = IntStream.range(0, 2000)
                .filter(run -> Interval.ofShare(
                                random.doubles(300).filter(x -> x < 0.8).count() / 300.0, 300)
                        .contains(0.8, 0))
                .count();
        long mean = IntStream.range(0, 2000)
                .filter(run -> Interval.ofMean(random.doubles(300).toArray()).contains(0.5, 0))
                .count();
        assertThat(share).isBetween(1860L, 1940L);
        assertThat(mean).isBetween(1860L, 1940L);
    }

    @Test
    void aValueOnItsEdgeIsContainedAndUncertaintyReachesFurther() {
        Interval interval = new Interval(0.5, 0.75).times(100);
        assertThat(interval).isEqualTo(new Interval(50, 75));
        assertThat(interval.contains(75, 0)).isTrue();
        assertThat(interval.contains(76, 0)).isFalse();
        assertThat(interval.contains(76, 1)).isTrue();
        assertThat(interval.contains(48, 1)).isFalse();
    }
}
