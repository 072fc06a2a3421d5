package glimpse.evaluation.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void theOldContentIsReplacedAndNothingElseIsLeft() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "a longer text that was there before");
        AtomicFile.write(file, "n\u00e4her");
        assertThat(Files.readString(file)).isEqualTo("n\u00e4her");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aMissingFolderIsNamed() {
        Path file = folder.resolve("missing/a.txt");
        assertThatThrownBy(() -> AtomicFile.write(file, "text"))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": can't be written: no such folder");
    }

    @Test
    void aFileThatCannotBeReplacedLeavesNoPartialFile() throws IOException {
        Path file = folder.resolve("taken");
        Files.createDirectories(file.resolve("inside"));
        assertThatThrownBy(() -> AtomicFile.write(file, "text"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": can't be written: ");
        assertThat(folder.resolve("taken.partial")).doesNotExist();
        assertThat(file.resolve("inside")).exists();
    }

    @Test
    void aLinkStaysOneAndItsFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDeviceIsAnErrorAndStaysADevice() {
        Path device = Path.of("/dev/full");
        assertThatThrownBy(() -> AtomicFile.write(device, "text"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("/dev/full: can't be written: No space left");
        assertThat(device)
                .exists()
                .satisfies(file -> assertThat(Files.isRegularFile(file)).isFalse());
    }
}
