package glimpse.collab.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffloadGateTest {
    private static final Confidence CONFIDENCE = new Confidence(0.3, 0.9, 0.6);

    @Test
    void minEntropyIsConfidentBelowItsBits() {
        assertThat(only("min-entropy:0.31").confident(CONFIDENCE)).isTrue();
        assertThat(only("min-entropy:0.29").confident(CONFIDENCE)).isFalse();
    }

    @Test
    void shannonIsConfidentBelowItsBits() {
        assertThat(only("shannon:0.91").confident(CONFIDENCE)).isTrue();
        assertThat(only("shannon:0.89").confident(CONFIDENCE)).isFalse();
    }

    @Test
    void marginIsConfidentAboveItsShare() {
        assertThat(only("margin:0.59").confident(CONFIDENCE)).isTrue();
        assertThat(only("margin:0.61").confident(CONFIDENCE)).isFalse();
    }

    @Test
    void tiesGoToTheServer() {
        assertThat(only("min-entropy:0.3").confident(CONFIDENCE)).isFalse();
        assertThat(only("shannon:0.9").confident(CONFIDENCE)).isFalse();
        assertThat(only("margin:0.6").confident(CONFIDENCE)).isFalse();
    }

    @Test
    void alwaysOffloadsEveryImageAndNeverNone() {
        Confidence certain = new Confidence(0, 0, 1);
        assertThat(only("always").confident(certain)).isFalse();
        assertThat(only("never").confident(new Confidence(10, 10, 0))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"min-entropy:64", "shannon:64", "margin:0", "always"})
    void aPredictionThatIsNotANumberIsNeverConfident(String spec) {
        Confidence broken = new Confidence(Double.NaN, Double.NaN, Double.NaN);
        assertThat(only(spec).confident(broken)).isFalse();
    }

    @Test
    void aSingleGateIsParsedAlone() {
        assertThat(OffloadGate.parseOne(" shannon:2.5 ")).isEqualTo(OffloadGate.shannon(2.5));
        assertThatThrownBy(() -> OffloadGate.parseOne("margin:0.1,0.2"))
                .hasMessage("'margin:0.1,0.2' is invalid, expected a single gate");
    }

    @Test
    void aFactoryMakesWhatItsSpecParsesTo() {
        assertThat(OffloadGate.minEntropy(0.8)).isEqualTo(OffloadGate.parseOne("min-entropy:0.8"));
        assertThat(OffloadGate.margin(0.25)).isEqualTo(OffloadGate.parseOne("margin:0.25"));
        assertThat(OffloadGate.always()).isEqualTo(OffloadGate.parseOne("always"));
        assertThat(OffloadGate.never()).isEqualTo(OffloadGate.parseOne("never"));
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> OffloadGate.minEntropy(-0.1)).hasMessage("bits is -0.1, expected 0..64.0");
        assertThatThrownBy(() -> OffloadGate.minEntropy(64.5)).hasMessage("bits is 64.5, expected 0..64.0");
        assertThatThrownBy(() -> OffloadGate.shannon(Double.NaN)).hasMessage("bits is NaN, expected 0..64.0");
        assertThatThrownBy(() -> OffloadGate.margin(1.5)).hasMessage("share is 1.5, expected 0..1.0");
    }

    @Test
    void severalValuesAreSeveralGates() {
        assertThat(OffloadGate.parse("min-entropy:0.8,1.0"))
                .containsExactly(OffloadGate.minEntropy(0.8), OffloadGate.minEntropy(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"min-entropy:0.8", "shannon:2.5", "margin:0.25", "always", "never", "min-entropy:1.0"})
    void aSpecParsesBackToItself(String spec) {
        assertThat(only(spec).spec()).isEqualTo(spec);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "min-entropy",
                "min-entropy:",
                "min-entropy:0.8,",
                "min-entropy:-1",
                "min-entropy:65",
                "margin:1.5",
                "always:1",
                "never:0",
                "entropy:1",
                "shannon:NaN",
                "min-entropy:0.8:1.0"
            })
    void anInvalidTextIsRejectedInOneLine(String text) {
        assertThatThrownBy(() -> OffloadGate.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is invalid, expected " + OffloadGate.SYNTAX);
    }

    private static OffloadGate only(String spec) {
        List<OffloadGate> gates = OffloadGate.parse(spec);
        assertThat(gates).hasSize(1);
        return gates.getFirst();
    }
}
