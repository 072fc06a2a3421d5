package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromiseTest {
    private static final Promise EXPECTED = new Promise(0.01, OptionalDouble.empty());
    private static final Promise CONFIDENT = new Promise(0.01, OptionalDouble.of(0.9));

    /** n/(n+1) of the observed risk plus 1/(n+1): conformal risk control. */
    @Test
    void theExpectedRiskIsBoundedAsIfOneMoreImageWereWrong() {
        assertThat(EXPECTED.bound(4, 999)).isCloseTo(999 / 1000.0 * (4 / 999.0) + 1 / 1000.0, within(1e-15));
    }

    @Test
    void withAConfidenceTheBoundIsClopperAndPearsons() {
        assertThat(CONFIDENT.bound(5, 1000)).isCloseTo(0.0092549, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"98, -1", "99, 0", "198, 0", "199, 1", "999, 9"})
    void asManyMayBeWrongAsTheExpectedRiskAllows(int images, int wrong) {
        assertThat(EXPECTED.mostWrong(images)).isEqualTo(wrong);
    }

    @ParameterizedTest
    @CsvSource({"229, -1", "230, 0", "500, 1", "1000, 5"})
    void aConfidenceAllowsFewer(int images, int wrong) {
        assertThat(CONFIDENT.mostWrong(images)).isEqualTo(wrong);
    }

    @Test
    void theSmallestSetIsTheFirstThatAllowsNone() {
        assertThat(EXPECTED.fewestImages()).isEqualTo(99);
        assertThat(CONFIDENT.fewestImages()).isEqualTo(230);
        assertThat(new Promise(0.5, OptionalDouble.empty()).fewestImages()).isEqualTo(1);
    }

    @Test
    void whatCanNotBePromisedIsRefused() {
        assertThatThrownBy(() -> new Promise(0, OptionalDouble.empty()))
                .hasMessage("risk is 0.0, expected above 0 and below 1");
        assertThatThrownBy(() -> new Promise(0.01, OptionalDouble.of(1)))
                .hasMessage("confidence is 1.0, expected above 0 and below 1");
    }
}
