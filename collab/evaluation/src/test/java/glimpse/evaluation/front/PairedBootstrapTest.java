package glimpse.evaluation.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.evaluation.metrics.Interval;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
    private static final int IMAGES = 1000;

    /** Makes an outcome that is wrong on images {@code from..to-1}. */
    private static Outcome wrong(int from, int to) {
        return new Outcome(IMAGES, IntStream.range(from, to).boxed().toList(), 0, 0);
    }

    @Test
    void anAccuracysIntervalIsNearlyTheBinomialOne() {
        Outcome outcome = wrong(0, 100);
        Interval interval = PairedBootstrap.of(IMAGES, List.of(outcome)).interval(outcome);
        Interval expected = Interval.ofShare(0.9, IMAGES);
        assertThat(interval.low()).isEqualTo(expected.low(), within(0.003));
        assertThat(interval.high()).isEqualTo(expected.high(), within(0.003));
    }

    /** Of 100 and 80 wrong answers, the 80 among the 100 differ for certain, 80 others don't. */
    @Test
    void theSameHardImagesMakeADifferenceReal() {
        Outcome worse = wrong(0, 100);
        Outcome better = wrong(0, 80);
        Outcome elsewhere = wrong(500, 580);
        PairedBootstrap bootstrap = PairedBootstrap.of(IMAGES, List.of(worse, better, elsewhere));
        Difference paired = bootstrap.difference(better, worse);
        assertThat(paired.top1()).isEqualTo(0.02, within(1e-12));
        assertThat(paired.isReal()).isTrue();
        assertThat(paired.interval().low()).isBetween(0.01, 0.02);
        Difference apart = bootstrap.difference(elsewhere, worse);
        assertThat(apart.top1()).isEqualTo(0.02, within(1e-12));
        assertThat(apart.isReal()).isFalse();
    }

    @Test
    void equalAnswersDifferByNothing() {
        Outcome outcome = wrong(3, 50);
        Difference none = PairedBootstrap.of(IMAGES, List.of(outcome)).difference(outcome, wrong(3, 50));
        assertThat(none).isEqualTo(new Difference(0, new Interval(0, 0)));
        assertThat(none.isReal()).isFalse();
    }

    @Test
    void itIsTheSameEveryTime() {
        Outcome outcome = wrong(0, 70);
        assertThat(PairedBootstrap.of(IMAGES, List.of(outcome)).interval(outcome))
                .isEqualTo(PairedBootstrap.of(IMAGES, List.of(wrong(9, 20), outcome))
                        .interval(outcome));
    }
}
