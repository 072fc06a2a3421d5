package glimpse.collab.codec.entropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogisticTest {
    @Test
    void aProbabilityIsTheLogisticFunctionOfItsOdds() {
        for (int odds = -2047; odds <= 2047; odds++) {
            double exact = 65536 / (1 + Math.exp(-odds / 256.0));
            double half = Math.min(exact, 65536 - exact);
            assertThat((double) Logistic.probability(odds)).isCloseTo(exact, within(2 + 0.035 * half));
        }
    }

    @Test
    void probabilitiesRiseWithTheirOddsAndNeverReachTheEnds() {
        for (int odds = -3000; odds < 3000; odds++) {
            assertThat(Logistic.probability(odds)).isBetween(1, 65535);
            assertThat(Logistic.probability(odds + 1)).isGreaterThanOrEqualTo(Logistic.probability(odds));
        }
    }

    @Test
    void oddsOfAProbabilityLeadBackToIt() {
        for (int probability = 32; probability < 65536 - 32; probability++) {
            int again = Logistic.probability(Logistic.odds(probability));
            assertThat(again).isBetween(probability - 90, probability + 90);
        }
        assertThat(Logistic.odds(0)).isEqualTo(-Logistic.MAX_ODDS);
        assertThat(Logistic.odds(65535)).isEqualTo(Logistic.MAX_ODDS);
    }
}
