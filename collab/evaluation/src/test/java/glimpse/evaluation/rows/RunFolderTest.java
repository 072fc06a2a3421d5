package glimpse.evaluation.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final Fingerprint ONE = new Fingerprint(new TreeMap<>(Map.of("edge", "a", "server", "b")));
    private static final Fingerprint OTHER = new Fingerprint(new TreeMap<>(Map.of("edge", "a", "server", "c")));

    @TempDir
    Path temporary;

    @Test
    void oneProcessAtATimeMayUseIt() throws IOException {
        Path path = temporary.resolve("a/b");
        try (RunFolder folder = RunFolder.open(path, ONE, false)) {
            assertThat(folder.file("run.json")).exists();
            assertThatThrownBy(() -> RunFolder.open(path, ONE, false))
                    .isInstanceOf(RunFolderException.class)
                    .hasMessage(path + ": in use by another evaluation");
        }
        RunFolder.open(path, ONE, false).close();
    }

    @Test
    void resultsOfAnotherRunAreKeptAndTheDifferenceIsNamed() throws IOException {
        RunFolder.open(temporary, ONE, false).close();
        Files.writeString(temporary.resolve("images.csv"), "rows");
        assertThatThrownBy(() -> RunFolder.open(temporary, OTHER, false))
                .isInstanceOf(RunFolderException.class)
                .hasMessage(
                        temporary + ": holds the results of another run (server was b, is now c); choose another folder"
                                + " or discard them with --fresh");
        assertThat(temporary.resolve("images.csv")).hasContent("rows");
        RunFolder.open(temporary, ONE, false).close();
        assertThat(temporary.resolve("images.csv")).hasContent("rows");
    }

    /** The results of one upload don't depend on the files of another encoder. */
    @Test
    void filesOfAnotherEncoderMayBeAddedAndLeftOutButNotChanged() throws IOException {
        Fingerprint added = with("encoded_WebP:40", "1");
        RunFolder.open(temporary, ONE, false).close();
        RunFolder.open(temporary, added, false).close();
        RunFolder.open(temporary, ONE, false).close();
        Path other = temporary.resolve("other");
        RunFolder.open(other, added, false).close();
        assertThatThrownBy(() -> RunFolder.open(other, with("encoded_WebP:40", "2"), false))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("encoded_WebP:40 was 1, is now 2");
    }

    private static Fingerprint with(String name, String value) {
        TreeMap<String, String> values = new TreeMap<>(ONE.values());
        values.put(name, value);
        return new Fingerprint(values);
    }

    @Test
    void freshDiscardsTheResultsOfAnotherRun() throws IOException {
        RunFolder.open(temporary, ONE, false).close();
        Files.writeString(temporary.resolve("images.csv"), "rows");
        RunFolder.open(temporary, OTHER, true).close();
        assertThat(temporary.resolve("images.csv")).doesNotExist();
        RunFolder.open(temporary, OTHER, false).close();
    }

    @Test
    void rowsWithoutAFingerprintAreNotOverwritten() throws IOException {
        Files.writeString(temporary.resolve("images.csv"), "precious");
        assertThatThrownBy(() -> RunFolder.open(temporary, ONE, false))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("its run.json is missing or unreadable");
        Files.writeString(temporary.resolve("run.json"), "[1, 2");
        assertThatThrownBy(() -> RunFolder.open(temporary, ONE, false)).isInstanceOf(RunFolderException.class);
        assertThat(temporary.resolve("images.csv")).hasContent("precious");
    }

    @Test
    void whatAKilledRunWasWritingIsDeletedAndNothingElse() throws IOException {
        RunFolder.open(temporary, ONE, false).close();
        Path other = Files.writeString(temporary.resolve("notes.csv.partial"), "mine");
        for (Path file : RunFiles.of(temporary)) {
            if (file.toString().endsWith(".partial")) {
                Files.writeString(file, "half a ta");
            }
        }
        assertThatThrownBy(() -> RunFolder.open(temporary, OTHER, false)).isInstanceOf(RunFolderException.class);
        assertThat(temporary).isDirectoryContaining("glob:**links.json.partial"); // another run's may be anything
        RunFolder.open(temporary, ONE, false).close();
        assertThat(temporary)
                .isDirectoryNotContaining(file -> file.toString().endsWith(".partial") && !file.equals(other));
        assertThat(other).hasContent("mine");
    }

    @Test
    void aFileIsRefused() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> RunFolder.open(file, ONE, false))
                .isInstanceOf(RunFolderException.class)
                .hasMessage(file + ": not a folder");
    }
}
