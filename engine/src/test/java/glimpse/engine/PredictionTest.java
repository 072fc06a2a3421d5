package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
    @Test
    void softmaxGivesProbabilitiesOfLogits() {
        Prediction p = Prediction.softmax(new float[] {(float) Math.log(1), (float) Math.log(3), 0});
        assertThat(p.probability(0)).isCloseTo(0.2, within(1e-7));
        assertThat(p.probability(1)).isCloseTo(0.6, within(1e-7));
        assertThat(p.classes()).isEqualTo(3);
    }

    @Test
    void softmaxOfHugeLogitsDoesNotOverflow() {
        Prediction p = Prediction.softmax(new float[] {3e38f, 3e38f, -3e38f});
        assertThat(p.probability(0)).isEqualTo(0.5);
        assertThat(p.probability(2)).isZero();
    }

    @Test
    void topRanksByLogitAndOfEqualOnesTheLowerClassFirst() {
        Prediction p = Prediction.softmax(new float[] {1, 5, 3, 5, -2000, -1000});
        assertThat(p.top(6).stream().map(ClassProbability::index)).containsExactly(1, 3, 2, 0, 5, 4);
        assertThat(p.top(2)).hasSize(2);
        assertThat(p.top(9)).hasSize(6);
        assertThat(p.top(1).getFirst().probability()).isEqualTo(p.probability(1));
    }

    @Test
    void logitsThatAreNotFiniteAreRefused() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> Prediction.softmax(new float[] {1, value, 2}))
                    .isInstanceOf(NonFiniteOutputException.class)
                    .hasMessage("the model's output isn't a number: logit 1 is " + value);
        }
    }

    @Test
    void amongSomeClassesTheOthersLogitsAreIgnored() {
        Prediction all = Prediction.softmax(new float[] {(float) Math.log(1), 3e38f, (float) Math.log(3), 0});
        Prediction p = all.among(List.of(3, 0, 2, 2)); // weights 1, 1 and 3
        assertThat(p.probability(0)).isCloseTo(0.2, within(1e-7));
        assertThat(p.probability(1)).isZero();
        assertThat(p.probability(2)).isCloseTo(0.6, within(1e-7));
        assertThat(p.top(4).stream().map(ClassProbability::index)).containsExactly(2, 0, 3);
        assertThat(p.classes()).isEqualTo(4);
    }

    @Test
    void amongAllClassesNothingChanges() {
        Prediction all = Prediction.softmax(new float[] {1, 0.3f, -2, 0.1f});
        assertThat(all.among(List.of(0, 1, 2, 3)).top(4)).isEqualTo(all.top(4));
    }

    @Test
    void amongNoneOrUnknownClassesIsRefused() {
        Prediction all = Prediction.softmax(new float[] {1, 2});
        assertThatThrownBy(() -> all.among(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> all.among(List.of(2)))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("index is 2, expected 0..1");
    }

    @Test
    void classOutsideTheModelIsNamed() {
        Prediction p = Prediction.softmax(new float[] {1, 2});
        assertThatThrownBy(() -> p.probability(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("index is 2, expected 0..1");
        assertThatThrownBy(() -> p.top(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noLogitsAreRefused() {
        assertThatThrownBy(() -> Prediction.softmax(new float[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
