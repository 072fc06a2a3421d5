package glimpse.collab.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialBoundTest {
    /** The bounds are quantiles of the beta distribution; these are R's qbeta(confidence, count + 1, of - count). */
    @ParameterizedTest
    @CsvSource({
        "1, 10, 0.95, 0.394163",
        "3, 10, 0.975, 0.652453",
        "5, 100, 0.95, 0.102253",
        "9, 10, 0.9, 0.989519",
    })
    void upperBoundsAreQuantilesOfTheBetaDistribution(int count, int of, double confidence, double expected) {
        assertThat(BinomialBound.upper(count, of, confidence)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void noneOfManyHasAClosedForm() {
        assertThat(BinomialBound.upper(0, 230, 0.9)).isCloseTo(1 - Math.pow(0.1, 1 / 230.0), within(1e-12));
        assertThat(BinomialBound.upper(0, 50_000, 0.9)).isCloseTo(1 - Math.pow(0.1, 1 / 50_000.0), within(1e-12));
    }

    @Test
    void lowerBoundsMirrorUpperOnes() {
        assertThat(BinomialBound.lower(3, 10, 0.975)).isCloseTo(0.0667395, within(1e-6));
        assertThat(BinomialBound.lower(0, 10, 0.9)).isZero();
        assertThat(BinomialBound.upper(10, 10, 0.9)).isOne();
    }

    @Test
    void boundsOfLargeCountsStayNumbers() {
        double bound = BinomialBound.upper(25_000, 50_000, 0.995);
        assertThat(bound).isBetween(0.5057, 0.5059); // 0.5 + 2.576 * sqrt(0.25 / 50000)
    }

    @Test
    void impossibleCountsAndConfidencesAreRefused() {
        assertThatThrownBy(() -> BinomialBound.upper(11, 10, 0.9)).hasMessage("count is 11, expected 0..10");
        assertThatThrownBy(() -> BinomialBound.upper(1, 10, 1))
                .hasMessage("confidence is 1.0, expected above 0 and below 1");
    }
}
