package glimpse.evaluation.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.evaluation.io.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontFilesTest {
    private static final Front FRONT = Fronts.two();

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(FrontFiles.read(Files.writeString(folder.resolve("front.json"), FrontFiles.json(FRONT))))
                .isEqualTo(FRONT);
    }

    @Test
    void theTableHasARowPerAnswer() {
        String csv = FrontFiles.csv(FRONT);
        assertThat(csv.lines()).hasSize(1 + FRONT.rows().size());
        int columns = Csv.parse(csv, 0).orElseThrow().fields().size();
        for (int at = 0;
                at < csv.length();
                at = Csv.parse(csv, at).orElseThrow().end()) {
            assertThat(Csv.parse(csv, at).orElseThrow().fields()).hasSize(columns);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"cost\"       | \"euros\" | rows: 1: measure is 'euros', expected one of [cost, bytes]",
                "\"attention\"  | \"luck\"  | rows: 1: family is 'luck', expected one of [attention,",
                "\"within\"     | \"below\" | rows: 1: question is 'below', expected within or reaching",
                "\"gated\" : \\w+ | \"gated\" : 1 | rows: 1: gated is 1, expected true or false",
                "\"top:4\"      | \"tip:4\" | rows: 1: 'tip:4' is invalid",
                "\"interpolated_missed\" : 0.0 | \"interpolated_missed\" : 2 | interpolated_missed is 2.0, expected a number from 0 to 1",
                "\"patches_share_missed\" : 0.0 | \"patches_share_missed\" : null | patches_share_missed is missing, expected a number",
                "\"rows\"       | \"lines\" | rows: expected an array, not empty",
                "\"measured_on\" | \"on\"   | measured_on is missing, expected a text"
            })
    void whatIsWrongIsNamed(String text, String other, String message) throws IOException {
        Path file = Files.writeString(
                folder.resolve("front.json"), FrontFiles.json(FRONT).replaceFirst(text, other));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FrontFiles.read(file))
                .withMessageContaining(file + ": ")
                .withMessageContaining(message);
    }
}
