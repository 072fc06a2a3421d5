package glimpse.collab.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.engine.Prediction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceTest {
    @Test
    void fourEqualClassesHaveTwoBitsOfEntropyAndNoMargin() {
        Confidence confidence = Confidence.of(Prediction.softmax(new float[4]));
        assertThat(confidence.minEntropyBits()).isCloseTo(2, within(1e-12));
        assertThat(confidence.shannonBits()).isCloseTo(2, within(1e-12));
        assertThat(confidence.margin()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.25, 0.25", "0.25, 0.5, 0.25", "0.25, 0.25, 0.5"})
    void theOrderOfClassesDoesNotMatter(double a, double b, double c) {
        Confidence confidence = Confidence.of(
                Prediction.softmax(new float[] {(float) Math.log(a), (float) Math.log(b), (float) Math.log(c)}));
        assertThat(confidence.minEntropyBits()).isCloseTo(1, within(1e-6));
        assertThat(confidence.shannonBits()).isCloseTo(1.5, within(1e-6));
        assertThat(confidence.margin()).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void theMarginIsThatToTheSecondHighestProbability() {
        Confidence confidence = Confidence.of(Prediction.softmax(
                new float[] {(float) Math.log(0.5), (float) Math.log(0.375), (float) Math.log(0.125)}));
        assertThat(confidence.margin()).isCloseTo(0.125, within(1e-6));
    }

    @Test
    void aProbabilityOfZeroContributesNoEntropy() {
        Confidence confidence = Confidence.of(Prediction.softmax(new float[] {0, -2000, 0}));
        assertThat(confidence.shannonBits()).isCloseTo(1, within(1e-12));
        assertThat(confidence.minEntropyBits()).isCloseTo(1, within(1e-12));
    }

    @Test
    void oneClassIsCertain() {
        assertThat(Confidence.of(Prediction.softmax(new float[] {-4}))).isEqualTo(new Confidence(0, 0, 1));
    }
}
