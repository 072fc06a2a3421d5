package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrongSharesTest {
    private static final Promise PROMISE = new Promise(0.02, OptionalDouble.of(0.9));

    /**
     * Of 500 images, five may be answered wrong. Of the first seven images of both halves that must not pass, two or
     * more are in the first half with a probability of 120/128; of the first eight, three or more with 219/256, which
     * is less than 90 %. So one may pass there.
     */
    @Test
    void theCautiousShareIsThatOfAGateThatIsStricterInNineOfTenCases() {
        assertThat(PROMISE.mostWrong(500)).isEqualTo(5);
        assertThat(WrongShares.of(PROMISE, 500, 500)).isEqualTo(new WrongShares(5 / 500.0, 1 / 500.0));
    }

    @Test
    void whereThePromiseAllowsHardlyAnyNoneMayPass() {
        assertThat(PROMISE.mostWrong(120)).isZero();
        assertThat(WrongShares.of(PROMISE, 120, 120)).isEqualTo(new WrongShares(0, 0));
        assertThat(WrongShares.of(PROMISE, 120, 0)).isEqualTo(new WrongShares(0, 0));
    }

    /** Images of one kind are divided at random; both parts fit a gate. */
    @ParameterizedTest
    @CsvSource({"500, 0.02", "500, 0.05", "300, 0.05", "700, 0.05"})
    void aPromisesGateIsSeldomStricter(int chosenOn, double risk) {
        Promise promise = new Promise(risk, OptionalDouble.empty());
        List<GatedImage> images = new ArrayList<>(GatedImages.random(1000, 5));
        WrongShares shares = WrongShares.of(promise, 1000 - chosenOn, chosenOn);
        Random random = new Random(1);
        int stricter = 0;
        int splits = 400;
        for (int split = 0; split < splits; split++) {
            Collections.shuffle(images, random);
            int cautious = GateCounts.of(GateFit.loosest(shares.cautious(), images.subList(0, chosenOn)), images)
                    .confident();
            int promised = GateCounts.of(GateFit.loosest(promise, images.subList(chosenOn, 1000)), images)
                    .confident();
            stricter += promised < cautious ? 1 : 0;
        }
        assertThat(stricter).isBetween(splits / 100, splits * 13 / 100);
    }
}
