package glimpse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvResultsTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("results.csv");
    }

    @Test
    void rowsSurviveWritingAndReading() throws IOException {
        ResultRow full = Rows.row("A.b", Map.of("threads", "2", "model", "TINY"), 1.5, 2.5);
        ResultRow bare = new ResultRow(
                "end-to-end",
                "C.d",
                new TreeMap<>(),
                Sample.of(0.25),
                "",
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());

        CsvResults.write(file(), List.of(full, bare));

        assertThat(CsvResults.read(file())).containsExactly(full, bare);
    }

    @Test
    void aMissingFileIsRejectedByName() {
        assertThatIOException()
                .isThrownBy(() -> CsvResults.read(folder.resolve("none.csv")))
                .withMessageContaining("none.csv: no such file");
    }

    @Test
    void aNewRowReplacesTheOldOneWithTheSameParameters() {
        ResultRow old = Rows.row("A.b", Map.of("threads", "1"), 9);
        ResultRow other = Rows.row("A.b", Map.of("threads", "2"), 5);
        ResultRow fresh = Rows.row("A.b", Map.of("threads", "1"), 8);

        assertThat(CsvResults.replace(List.of(old, other), List.of(fresh))).containsExactly(other, fresh);
    }

    @Test
    void anotherHeaderIsRejectedByFileAndLine() throws IOException {
        Files.writeString(file(), "name,value\n");

        assertThatIOException()
                .isThrownBy(() -> CsvResults.read(file()))
                .withMessageContaining("results.csv line 1")
                .withMessageContaining("expected subset,benchmark");
    }

    @Test
    void aWrongNumberOfColumnsIsRejectedByLine() throws IOException {
        CsvResults.write(file(), List.of(Rows.row("A.b", Map.of(), 1)));
        Files.writeString(file(), Files.readString(file()) + "models,A.b,threads\n");

        assertThatIOException()
                .isThrownBy(() -> CsvResults.read(file()))
                .withMessageContaining("line 3")
                .withMessageContaining("3 columns, expected 11");
    }

    @Test
    void aCellThatIsNoNumberIsRejectedByLine() throws IOException {
        CsvResults.write(file(), List.of(Rows.row("A.b", Map.of(), 1)));
        Files.writeString(file(), Files.readString(file()) + "models,A.b,,1,fast,1,1,,,,\n");

        assertThatIOException()
                .isThrownBy(() -> CsvResults.read(file()))
                .withMessageContaining("line 3: 'fast', expected a number");
    }
}
