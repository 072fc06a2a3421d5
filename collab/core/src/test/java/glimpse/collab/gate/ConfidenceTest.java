package glimpse.collab.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.engine.Prediction;
import org.junit.jupiter.api.Test;

class ConfidenceTest {
    @Test
    void fourEqualClassesHaveTwoBitsOfEntropyAndNoMargin() {
        Confidence confidence = Confidence.of(Prediction.softmax(new float[4]));
        assertThat(confidence.minEntropyBits()).isCloseTo(2, within(1e-12));
        assertThat(confidence.shannonBits()).isCloseTo(2, within(1e-12));
        assertThat(confidence.margin()).isZero();
    }

    @Test
    void aProbabilityOfZeroContributesNoEntropy() {
        Confidence confidence = Confidence.of(Prediction.softmax(new float[] {0, Float.NEGATIVE_INFINITY, 0}));
        assertThat(confidence.shannonBits()).isCloseTo(1, within(1e-12));
        assertThat(confidence.minEntropyBits()).isCloseTo(1, within(1e-12));
    }

    @Test
    void oneClassIsCertain() {
        assertThat(Confidence.of(Prediction.softmax(new float[] {-4}))).isEqualTo(new Confidence(0, 0, 1));
    }

    @Test
    void aLogitThatIsNotANumberLeavesNoConfidence() {
        assertThat(Confidence.of(Prediction.softmax(new float[] {9, Float.NaN, 1})))
                .isEqualTo(new Confidence(Double.NaN, Double.NaN, Double.NaN));
        assertThat(Confidence.of(Prediction.softmax(new float[] {9, Float.POSITIVE_INFINITY}))
                        .margin())
                .isNaN();
    }
}
