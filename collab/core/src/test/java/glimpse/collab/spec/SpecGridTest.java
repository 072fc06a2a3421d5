package glimpse.collab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecGridTest {
    @Test
    void aTextWithoutAGridStandsForItself() {
        assertThat(SpecGrid.expand("random:3:-1")).containsExactly("random:3:-1");
    }

    @Test
    void aGridStandsForEachOfItsValuesInDecimalArithmetic() {
        assertThat(SpecGrid.expand("sum:0.5..0.8/0.1")).containsExactly("sum:0.5", "sum:0.6", "sum:0.7", "sum:0.8");
        assertThat(SpecGrid.expand("top:5..12/5")).containsExactly("top:5", "top:10");
        assertThat(SpecGrid.expand("min-entropy:.1...3/.1"))
                .containsExactly("min-entropy:0.1", "min-entropy:0.2", "min-entropy:0.3");
    }

    @Test
    void aTextMayHoldSeveralGrids() {
        assertThat(SpecGrid.expand("random:1..2/1:7..8/1"))
                .containsExactly("random:1:7", "random:1:8", "random:2:7", "random:2:8");
        assertThat(SpecGrid.expand("min-entropy:0.01,1..2/1"))
                .containsExactly("min-entropy:0.01,1", "min-entropy:0.01,2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum:0.5..",
                "sum:..0.9/0.1",
                "sum:0.5..0.9",
                "sum:0.5..0.9/",
                "sum:0.5..0.9/0",
                "sum:0.9..0.5/0.1",
                "sum:0.5..0.9/-0.1",
                "sum:a..b/c",
                "top:0..99999999/1",
                "top:0..999/1:0..999/1"
            })
    void anInvalidGridIsRejected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpecGrid.expand(text))
                .withMessageStartingWith("'")
                .withMessageContaining("is invalid, expected a grid");
    }
}
