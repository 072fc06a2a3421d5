package glimpse.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
    private static final String PREFIX = "glimpse-temporary-folder-test-";

    @Test
    void isDeletedWithItsContentWhenItIsClosed() throws IOException {
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.create(PREFIX)) {
            path = folder.path();
            Files.writeString(Files.createDirectory(path.resolve("rows")).resolve("images.csv"), "a");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void whatAKilledProcessHasLeftIsDeletedByTheNext() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        long pid = ended.pid();
        ended.waitFor();
        Path left = Files.createTempDirectory(PREFIX + Long.toHexString(pid) + "-");
        Files.writeString(left.resolve("images.csv"), "a");
        long own = ProcessHandle.current().pid();
        Path running = Files.createTempDirectory(PREFIX + Long.toHexString(own) + "-");
        try (TemporaryFolder _ = TemporaryFolder.create(PREFIX)) {
            assertThat(left).doesNotExist();
            assertThat(running).exists();
        } finally {
            Files.delete(running);
        }
    }
}
