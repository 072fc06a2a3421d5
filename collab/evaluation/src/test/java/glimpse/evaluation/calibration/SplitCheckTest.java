package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.audit.Audit;
import glimpse.collab.gate.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SplitCheckTest {
    private static final List<GatedImage> IMAGES = GatedImages.random(1000, 3);
    private static final Audit AUDIT = new Audit(0.1);

    @Test
    void aPromiseWithAConfidenceIsBrokenNoMoreOftenThanThat() {
        SplitCheck check = SplitCheck.of(new Promise(0.02, OptionalDouble.of(0.9)), IMAGES, List.of(), AUDIT, 200, 1);
        assertThat(check.exceededOnAll()).isPositive().isLessThanOrEqualTo(20);
        assertThat(check.exceeded()).isPositive().isLessThan(40); // observed on 500 images alone
        assertThat(check.images()).isEqualTo(500);
        assertThat(check.caught()).isEqualTo(-1);
    }

    @Test
    void theMeanRiskKeepsAPromiseOfTheExpectedOne() {
        SplitCheck check = SplitCheck.of(new Promise(0.02, OptionalDouble.empty()), IMAGES, List.of(), AUDIT, 200, 1);
        assertThat(check.meanRisk()).isBetween(0.012, 0.021);
        assertThat(check.exceeded()).isGreaterThan(20); // which is what a confidence is for
    }

    @Test
    void theAlarmKeepsQuietUntilImagesChange() {
        List<GatedImage> other = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            other.add(new GatedImage("other" + i, new Confidence(i % 2 * 3, 0, 0), false, false, i % 4 == 0, 10, 100));
        }
        SplitCheck check = SplitCheck.of(new Promise(0.02, OptionalDouble.of(0.9)), IMAGES, other, AUDIT, 200, 1);
        assertThat(check.alarms()).isLessThan(10);
        assertThat(check.caught()).isEqualTo(200 - check.alarms());
        assertThat(check.caughtAfter(0.5)).isPositive().isLessThan(check.caughtAfter(1));
        assertThat(check.caughtAfter(1)).isLessThan(500);
    }

    @Test
    void halvesThatAreTooSmallAreRefused() {
        assertThatThrownBy(() -> SplitCheck.of(
                        new Promise(0.01, OptionalDouble.of(0.9)), IMAGES.subList(0, 300), List.of(), AUDIT, 10, 1))
                .hasMessage("150 images are too few for this promise, expected at least 230");
    }

    @Test
    void theSameSeedDividesAlike() {
        Promise promise = new Promise(0.02, OptionalDouble.empty());
        assertThat(SplitCheck.of(promise, IMAGES, List.of(), AUDIT, 20, 4))
                .isEqualTo(SplitCheck.of(promise, IMAGES, List.of(), AUDIT, 20, 4))
                .isNotEqualTo(SplitCheck.of(promise, IMAGES, List.of(), AUDIT, 20, 5));
    }
}
