package glimpse.collab.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SelectionPolicyTest {
    @Test
    void aPolicyIsWrittenAsOneWord() {
        assertThat(new SelectionPolicy(AttentionScore.rollout(), PatchSelection.sum(0.97f)).spec())
                .isEqualTo("rollout/sum:0.97");
    }

    @Test
    void theWholeImageIsAPolicy() {
        assertThat(SelectionPolicy.WHOLE.selection().select(new float[7], "a").positions())
                .containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may pass
    void aMissingPartIsNamedAtOnce() {
        assertThatThrownBy(() -> new SelectionPolicy(null, PatchSelection.all()))
                .hasMessage("score");
        assertThatThrownBy(() -> new SelectionPolicy(AttentionScore.mean(), null))
                .hasMessage("selection");
        assertThatThrownBy(() -> PatchSelection.randomMatched(null)).hasMessage("other");
    }
}
