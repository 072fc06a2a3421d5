package glimpse.collab.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTestTest {
    @Test
    void evidenceIsTheUniformMixtureOverTheBestExpectedRate() {
        RateTest test = new RateTest(0, 0.05, 100);
        assertThat(test.logEvidence()).isZero();
        test.add(true);
        test.add(true);
        test.add(false);
        // the integral of p^2 (1 - p) is 1/12; half the weight is that of later starts
        assertThat(test.logEvidence()).isCloseTo(Math.log((1.0 / 12 / (0.05 * 0.05 * 0.95) + 1) / 2), within(1e-12));
        assertThat(test.count()).isEqualTo(3);
    }

    @Test
    void aRateInsideTheIntervalGivesNoEvidence() {
        RateTest test = new RateTest(0.2, 0.4, 50);
        for (int i = 0; i < 1000; i++) {
            test.add(i % 10 < 3);
        }
        assertThat(test.logEvidence()).isNegative();
    }

    @Test
    void ratesOnBothSidesGiveEvidence() {
        RateTest lower = new RateTest(0.2, 0.4, 50);
        RateTest higher = new RateTest(0.2, 0.4, 50);
        for (int i = 0; i < 100; i++) {
            lower.add(false);
            higher.add(true);
        }
        assertThat(lower.logEvidence()).isGreaterThan(10);
        assertThat(higher.logEvidence()).isGreaterThan(10);
    }

    @Test
    void aChangeAfterALongTimeIsSeenSoon() {
        Random random = new Random(3);
        RateTest test = new RateTest(0, 0.05, 10);
        for (int i = 0; i < 20_000; i++) {
            test.add(random.nextDouble() < 0.03);
        }
        assertThat(test.logEvidence()).isLessThan(3);
        int after = 0;
        while (test.logEvidence() < 3 && after < 1000) {
            test.add(random.nextBoolean());
            after++;
        }
        assertThat(after).isLessThan(60);
        assertThat(test.rate()).isGreaterThan(0.2);
        assertThat(test.count()).isLessThan(100);
    }

    /** Ville's inequality, at the interval's edge, where it is the closest to being reached. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.3})
    void evidenceReachesItsLimitNoMoreOftenThanPromised(double rate) {
        Random random = new Random(17);
        double alpha = 0.1;
        int runs = 1000;
        int reached = 0;
        for (int run = 0; run < runs; run++) {
            RateTest test = new RateTest(0, rate, 20);
            boolean above = false;
            for (int i = 0; i < 400 && !above; i++) {
                test.add(random.nextDouble() < rate);
                above = test.logEvidence() >= -Math.log(alpha);
            }
            reached += above ? 1 : 0;
        }
        assertThat(reached).isPositive().isLessThanOrEqualTo((int) (alpha * runs));
    }
}
