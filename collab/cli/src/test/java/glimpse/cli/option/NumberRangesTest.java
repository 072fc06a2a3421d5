package glimpse.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.cli.error.UsageException;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class NumberRangesTest {
    @Test
    void numbersAndRangesAreCountedFromOne() {
        assertThat(layers("3,1-2,2", 12)).containsExactly(0, 1, 2);
        assertThat(layers("12", 12)).containsExactly(11);
    }

    @Test
    void allAreAsManyAsTheModelHas() {
        assertThat(layers("all", 3)).containsExactly(0, 1, 2);
    }

    @Test
    void theMeanOfHeadsNamesNone() {
        assertThat(new NumberRanges.OfHeads().convert("mean").indices("--heads", 3))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2-1", "1,", "", "x", "mean", "1-", "-1", "10000"})
    void anyOtherTextIsRefused(String text) {
        assertThatThrownBy(() -> new NumberRanges.OfLayers().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is invalid, expected all, or numbers and ranges counted from 1, such as"
                        + " 1,7-12");
    }

    @Test
    void aNumberThatTheModelLacksNamesTheOption() {
        assertThatThrownBy(() -> layers("3-4", 3))
                .isInstanceOf(UsageException.class)
                .hasMessage("--layers: '3-4' is invalid, expected all, or numbers and ranges of 1..3");
    }

    private static SortedSet<Integer> layers(String text, int count) {
        return new NumberRanges.OfLayers().convert(text).indices("--layers", count);
    }
}
