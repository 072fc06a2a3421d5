package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.cli.output.StandardOutput;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Output that can't be written is a failure; a reader that has gone ends the work. */
class LostOutputTest {
    @TempDir
    Path folder;

    private Path model;
    private Path image;

    @BeforeEach
    void write() throws IOException {
        model = TinyModel.write(folder.resolve("model"), TinyModel.RGB, 1, List.of("ant", "bee", "cow"));
        image = TestImages.write(folder.resolve("image.png"), 1);
    }

    /** Fails like a full disk or a closed pipe, from some byte on. */
    private static final class FailingStream extends OutputStream {
        private final String reason;
        private int writes;

        FailingStream(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int value) throws IOException {
            writes++;
            throw new IOException(reason);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            write(0);
        }
    }

    private record Lost(int exitCode, String err, int writes) {}

    private static Lost run(String reason, Object... arguments) {
        FailingStream stream = new FailingStream(reason);
        StringWriter err = new StringWriter();
        int exitCode = Main.run(
                StandardOutput.to(stream, StandardCharsets.UTF_8),
                new PrintWriter(err),
                Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Lost(exitCode, err.toString(), stream.writes);
    }

    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("--help"),
                List.of("--version"),
                List.of("evaluate", "--help"),
                List.of("info", "MODEL"),
                List.of("info", "MODEL", "--json"),
                List.of("classify", "--model", "MODEL", "IMAGE", "IMAGE", "IMAGE"),
                List.of("classify", "--model", "MODEL", "IMAGE", "IMAGE", "IMAGE", "--json"),
                List.of("embed", "--model", "MODEL", "IMAGE", "IMAGE", "IMAGE"),
                List.of("embed", "--model", "MODEL", "IMAGE", "IMAGE", "IMAGE", "--json"),
                List.of("explain", "--model", "MODEL", "IMAGE", "--out", "FOLDER/out.png"),
                List.of("explain", "--model", "MODEL", "IMAGE", "--out", "FOLDER/out.png", "--json"));
    }

    private Object[] filledIn(List<String> command) {
        return command.stream()
                .map(word -> word.replace("MODEL", model.toString())
                        .replace("IMAGE", image.toString())
                        .replace("FOLDER", folder.toString()))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFullDiskIsOneLineAndAFailure(List<String> command) {
        Lost lost = run("No space left on device", filledIn(command));
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.err())
                .startsWith("glimpse")
                .endsWith(": standard output: can't be written: No space left on device" + System.lineSeparator())
                .hasLineCount(1);
        assertThat(lost.writes()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aClosedPipeEndsTheWorkQuietlyAtItsFirstWrite(List<String> command) {
        Lost lost = run("Broken pipe", filledIn(command));
        assertThat(lost.exitCode()).isEqualTo(141);
        assertThat(lost.err()).isEmpty();
        assertThat(lost.writes()).isEqualTo(1);
    }

    @Test
    void imagesAfterTheFirstLostLineAreNotClassified() {
        // the second image would be reported on standard error
        Lost lost = run("Broken pipe", "classify", "--model", model, image, folder.resolve("none.png"));
        assertThat(lost.err()).isEmpty();
        Lost json = run("Broken pipe", "classify", "--json", "--model", model, image, folder.resolve("none.png"));
        assertThat(json.err()).isEmpty();
    }
}
