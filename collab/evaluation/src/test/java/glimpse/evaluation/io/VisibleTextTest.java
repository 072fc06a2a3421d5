package glimpse.evaluation.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "cat.jpg", "Zoë's café", "猫", "😀", "👨‍👩‍👧", "a\\u001b", "שלום"})
    void harmlessTextStaysAsItIs(String text) {
        assertThat(VisibleText.name(text)).isEqualTo(text);
        assertThat(VisibleText.lines(text)).isEqualTo(text);
        assertThat(VisibleText.message(text, 100)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066,
                0x2069, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF
            })
    void whatATerminalObeysIsEscaped(int character) {
        String escape = String.format("\\u%04x", character);
        assertThat(VisibleText.name("a" + (char) character + "b")).isEqualTo("a" + escape + "b");
        assertThat(VisibleText.lines("a" + (char) character + "b")).isEqualTo("a" + escape + "b");
    }

    @Test
    void aNameStaysWithinItsLine() {
        assertThat(VisibleText.name("a\nb\tc\rd")).isEqualTo("a\\u000ab\\u0009c\\u000dd");
        assertThat(VisibleText.lines("a\nb\tc")).isEqualTo("a\nb\tc");
    }

    @ParameterizedTest
    @CsvSource({"'a \n b', a b", "'a\n\n\t b', a b", "'a  b', a  b", "'a\u2028b', a b", "'\n', ' '"})
    void aMessageIsOneLine(String message, String line) {
        assertThat(VisibleText.message(message, 100)).isEqualTo(line);
    }

    @Test
    void aMessagesMiddleIsLeftOutWhereItIsTooLong() {
        // the old pattern \s*\R\s* took time that grew with the square of the number of spaces: hours for these
        String message = "x.safetensors: key" + " ".repeat(10_000_000) + "expected a text";
        assertThat(VisibleText.message(message, 100))
                .hasSize(100)
                .startsWith("x.safetensors: key")
                .endsWith("expected a text");
    }

    @Test
    void jsonIsTheSameJson() throws IOException {
        String name = "a\u001b[31m\u009b\u007f\u202e\n\"é";
        String json = Json.write(Map.of("names", List.of(name)));
        assertThat(json).contains("\\u009b", "\\u007f", "\\u202e", "é");
        assertThat(new ObjectMapper().readTree(json).get("names").get(0).textValue())
                .isEqualTo(name);
    }
}
