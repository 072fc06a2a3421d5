package glimpse.evaluation.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @Test
    void fieldsAreQuotedWhereNecessary() {
        assertThat(Csv.line(List.of("a", "", "b c", "1,5", "say \"hi\"", "two\nlines")))
                .isEqualTo("a,,b c,\"1,5\",\"say \"\"hi\"\"\",\"two\nlines\"\n");
    }

    @Test
    void aLineReadsBackAsItself() {
        Random random = new Random(1);
        for (int trial = 0; trial < 1000; trial++) {
            List<String> fields = new ArrayList<>();
            for (int field = random.nextInt(5); field >= 0; field--) {
                StringBuilder text = new StringBuilder();
                for (int length = random.nextInt(6); length > 0; length--) {
                    text.append("ab,\"\n\r\u00e9 ".charAt(random.nextInt(8)));
                }
                fields.add(text.toString());
            }
            String line = Csv.line(fields);
            assertThat(Csv.parse("before" + line + "after", 6))
                    .contains(new Csv.ParsedRecord(fields, 6 + line.length()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a,b", "a,", "\"a\n", "\"a\"b\n", "a\"b\n", "\"a\"", "\"a\"\""})
    void incompleteRecordsAreNotParsed(String text) {
        assertThat(Csv.parse(text, 0)).isEmpty();
    }
}
