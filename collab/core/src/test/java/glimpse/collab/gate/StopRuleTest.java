package glimpse.collab.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.engine.ClassProbability;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopRuleTest {
    private static Confidence answer(double first, double second) {
        return Confidence.ofTop(List.of(new ClassProbability(4, first), new ClassProbability(1, second)));
    }

    @Test
    void anAnswerIsMeasuredByItsMostProbableClasses() {
        Confidence confidence = answer(0.5, 0.125);
        assertThat(confidence.minEntropyBits()).isEqualTo(1);
        assertThat(confidence.margin()).isEqualTo(0.375);
        assertThat(confidence.shannonBits()).isNaN();
        assertThat(Confidence.ofTop(List.of(new ClassProbability(0, 1)))).isEqualTo(new Confidence(0, Double.NaN, 1));
    }

    @Test
    void aSureAnswerStands() {
        StopRule rule = StopRule.parseOne("min-entropy:1");
        assertThat(rule.stops(1, answer(0.6, 0.4))).isTrue();
        assertThat(rule.stops(1, answer(0.5, 0.4))).isFalse(); // a tie goes on
        StopRule margin = StopRule.parseOne("margin:0.25");
        assertThat(margin.stops(3, answer(0.5, 0.125))).isTrue();
        assertThat(margin.stops(3, answer(0.5, 0.25))).isFalse();
    }

    @Test
    void theLastGateHoldsForAllFurtherRounds() {
        StopRule rule = StopRule.parseOne("min-entropy:0.1+margin:0.25");
        Confidence answer = answer(0.6, 0.2);
        assertThat(rule.stops(1, answer)).isFalse();
        assertThat(rule.stops(2, answer)).isTrue();
        assertThat(rule.stops(3, answer)).isTrue();
    }

    @Test
    void severalValuesAreSeveralRules() {
        assertThat(StopRule.parse("min-entropy:0.2,0.3"))
                .extracting(StopRule::spec)
                .containsExactly("min-entropy:0.2", "min-entropy:0.3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StopRule.parseOne("min-entropy:0.2,0.3"))
                .withMessage("'min-entropy:0.2,0.3' is invalid, expected a single rule");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StopRule.parse("min-entropy:0.2,0.3+margin:0.1"))
                .withMessageContaining("expected one value for each round's gate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"min-entropy:0.3", "margin:0.9", "min-entropy:0.5+min-entropy:0.3+margin:1.0"})
    void aSpecIsReadBack(String spec) {
        StopRule rule = StopRule.parseOne(spec);
        assertThat(rule.spec()).isEqualTo(spec);
        assertThat(StopRule.parseOne(rule.spec())).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "always", "never", "shannon:1", "min-entropy", "min-entropy:0.3+", "margin:2", "+"})
    void whatAReplyDoesNotTellIsRefused(String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StopRule.parse(spec))
                .withMessage("'" + spec + "' is invalid, expected " + StopRule.SYNTAX);
    }
}
