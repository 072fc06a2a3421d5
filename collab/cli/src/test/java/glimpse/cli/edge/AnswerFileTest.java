package glimpse.cli.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.cli.error.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerFileTest {
    private static final ImageVersion A = new ImageVersion("a\n\u001b.png", 10, 1_000);
    private static final ImageVersion B = new ImageVersion("b.png", 20, 2_000);

    @TempDir
    Path folder;

    @Test
    void whatWasAppendedIsReadAgain() throws IOException {
        Path path = folder.resolve("answers.jsonl");
        try (AnswerFile file = AnswerFile.open(path)) {
            assertThat(file.earlier()).isEmpty();
            file.append(AnswerLine.ofError(A, "no picture"));
            file.append(AnswerLine.ofError(B, "no picture"));
        }
        assertThat(Files.readAllLines(path)).hasSize(2);
        try (AnswerFile file = AnswerFile.open(path)) {
            assertThat(file.earlier()).containsExactly(A, B);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 10_000, 40_000})
    void aLineThatACrashHasCutOffIsRemoved(int bytes) throws IOException {
        Path path = folder.resolve("answers.jsonl");
        try (AnswerFile file = AnswerFile.open(path)) {
            file.append(AnswerLine.ofError(A, "no picture"));
        }
        byte[] whole = Files.readAllBytes(path);
        Files.writeString(path, "x".repeat(bytes), StandardOpenOption.APPEND);
        try (AnswerFile file = AnswerFile.open(path)) {
            assertThat(file.earlier()).containsExactly(A);
            assertThat(path).hasBinaryContent(whole);
            file.append(AnswerLine.ofError(B, "no picture"));
        }
        assertThat(Files.readAllLines(path)).hasSize(2);
    }

    @Test
    void aFileOfOneUnfinishedLineIsEmptied() throws IOException {
        Path path = Files.writeString(folder.resolve("answers.jsonl"), "{\"image\"");
        try (AnswerFile file = AnswerFile.open(path)) {
            assertThat(file.earlier()).isEmpty();
            assertThat(path).isEmptyFile();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"image\": \"a.png\"}", "{\"image\": 1, \"file_bytes\": 1}"})
    void aFileOfSomethingElseIsLeftAlone(String line) throws IOException {
        Path path = folder.resolve("answers.jsonl");
        String content = AnswerLine.ofError(A, "no picture") + "\n" + line + "\n";
        Files.writeString(path, content);
        assertThatThrownBy(() -> AnswerFile.open(path))
                .isInstanceOf(UsageException.class)
                .hasMessage("--out " + path + ": line 2 isn't an answer of glimpse edge");
        assertThat(path).hasContent(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff\u00d8", "\u00ff\u00d8\n\u0000\u00ff", "{}", "a picture\nof something"})
    void aFileThatIsNoRecordIsLeftAlone(String bytes) throws IOException {
        byte[] content = bytes.getBytes(StandardCharsets.ISO_8859_1);
        Path path = Files.write(folder.resolve("photograph.jpg"), content);
        assertThatThrownBy(() -> AnswerFile.open(path))
                .isInstanceOf(UsageException.class)
                .hasMessage("--out " + path + ": line 1 isn't an answer of glimpse edge");
        assertThat(path).hasBinaryContent(content);
    }

    @Test
    void aSecondWriterIsRejected() throws IOException {
        Path path = folder.resolve("answers.jsonl");
        try (AnswerFile first = AnswerFile.open(path)) {
            assertThat(first.earlier()).isEmpty();
            assertThatThrownBy(() -> AnswerFile.open(path))
                    .hasMessage("--out " + path + ": is being written by another edge");
        }
    }
}
