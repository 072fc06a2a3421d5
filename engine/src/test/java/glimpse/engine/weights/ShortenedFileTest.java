package glimpse.engine.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapped file that somebody shortens is a named error, whether the missing bytes fault or read as zeros. */
class ShortenedFileTest {
    private static final int ELEMENTS = 1 << 16;

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("model.safetensors");
    }

    private SafetensorsFile open(String dtype, int elementBytes) throws IOException {
        int bytes = ELEMENTS * elementBytes;
        String entry = SafetensorsBytes.entry(dtype, "[" + ELEMENTS + "]", "[0," + bytes + "]");
        Files.write(path, SafetensorsBytes.file(SafetensorsBytes.tensor(entry), bytes));
        return SafetensorsFile.open(path);
    }

    private void cutOff(long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"F32", "F16", "BF16"})
    void missingPagesAreNamed(String dtype) throws IOException {
        try (SafetensorsFile file = open(dtype, DType.valueOf(dtype).bits() / 8)) {
            cutOff(ELEMENTS);
            assertChanged(() -> file.read("a", new float[ELEMENTS]));
        }
    }

    @Test
    void missingEndOfThePageIsNamed() throws IOException {
        try (SafetensorsFile file = open("F32", 4)) {
            cutOff(1);
            assertChanged(() -> file.read("a", new float[ELEMENTS]));
        }
    }

    @Test
    void missingBytesAreNamed() throws IOException {
        try (SafetensorsFile file = open("I8", 1)) {
            cutOff(ELEMENTS);
            byte[] bytes = new byte[ELEMENTS];
            assertChanged(() -> file.readBytes("a", 0, bytes, 0, bytes.length));
        }
    }

    @Test
    void fileOfAChannelThatWasClosedIsNamedToo() throws IOException {
        open("F32", 4).close();
        try (SafetensorsFile file = openByAChannelThatIsClosed()) {
            cutOff(4 * ELEMENTS);
            assertChanged(() -> file.read("a", new float[ELEMENTS]));
        }
    }

    private SafetensorsFile openByAChannelThatIsClosed() throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return SafetensorsFile.read(path.toString(), channel);
        }
    }

    private void assertChanged(ThrowingRead read) {
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(read::run)
                .withMessageStartingWith(path + ": changed while it was read: ")
                .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.FILE_CHANGED));
    }

    private interface ThrowingRead {
        void run() throws IOException;
    }
}
