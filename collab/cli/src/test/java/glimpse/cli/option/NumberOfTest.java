package glimpse.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class NumberOfTest {
    @Test
    void aRangeIncludesItsEnds() {
        assertThat(new NumberOf.AtLeastOne().convert("1")).isEqualTo(1);
        assertThat(new NumberOf.AtLeastOne().convert("2147483647")).isEqualTo(Integer.MAX_VALUE);
        assertThat(new NumberOf.AtLeastZero().convert("0")).isZero();
        assertThat(new NumberOf.Threads().convert("1024")).isEqualTo(1024);
        assertThat(new NumberOf.PercentagePoints().convert("0")).isZero();
        assertThat(new NumberOf.PercentagePoints().convert("100")).isEqualTo(100);
        assertThat(new NumberOf.Share().convert("1")).isEqualTo(1);
        assertThat(new NumberOf.Share().convert(".25")).isEqualTo(0.25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "2147483648", "1.0", "x", "", " 1"})
    void anIntegerOutOfRangeSaysWhatWasExpected(String text) {
        assertThatThrownBy(() -> new NumberOf.AtLeastOne().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is invalid, expected an integer of at least 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.0000000000000001", "NaN", "Infinity", "0x1p-1", "x", ""})
    void aShareOutOfRangeSaysWhatWasExpected(String text) {
        assertThatThrownBy(() -> new NumberOf.Share().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is invalid, expected a number from 0 to 1");
    }

    @Test
    void threadsHaveALimit() {
        assertThatThrownBy(() -> new NumberOf.Threads().convert("1025"))
                .hasMessage("'1025' is invalid, expected an integer from 1 to 1024");
    }
}
