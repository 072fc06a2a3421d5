package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What classify and embed take besides a file. */
class ImageArgumentsTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path images;

    @BeforeEach
    void write() throws IOException {
        model = TinyModel.write(folder.resolve("model"), TinyModel.RGB, 1, List.of("ant", "bee", "cow"));
        images = Files.createDirectories(folder.resolve("images/inner/deep"))
                .resolveSibling("..")
                .normalize();
        for (int i = 0; i < 20; i++) {
            TestImages.write(images.resolve(i % 2 == 0 ? "" : "inner/deep").resolve("p" + (10 + i) + ".png"), i);
        }
    }

    private static List<String> names(String lines) {
        return lines.lines().map(line -> line.split("\t", 2)[0]).toList();
    }

    private CommandRun withInput(byte[] input, Object... arguments) {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(input));
            return CommandRun.of(arguments);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aFolderStandsForAllImagesBelowItInTheOrderOfTheirNames() throws IOException {
        CommandRun run = CommandRun.of("embed", "--model", model, images);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(names(run.out()))
                .hasSize(20)
                .isSorted()
                .startsWith(images.resolve("inner/deep/p11.png").toString());
        // each as it is alone, whatever the batch
        assertThat(CommandRun.of("embed", "--model", model, images.resolve("p18.png"))
                        .out())
                .isSubstringOf(run.out());
    }

    @Test
    void whatAFolderHoldsThatIsSkippedIsToldAndCounted() throws IOException {
        Files.createSymbolicLink(images.resolve("inner/loop"), images);
        Files.createSymbolicLink(images.resolve("none.png"), images.resolve("gone.png"));
        Files.writeString(images.resolve("a.gif"), "");

        CommandRun run = CommandRun.of("classify", "--model", model, "--top", 1, images);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).hasLineCount(40);
        assertThat(run.err().lines())
                .containsExactly(
                        "glimpse classify: " + images
                                + ": 1 file skipped: 1 .gif; expected JPEG, PNG or WebP (.jpeg, .jpg, .png or .webp)",
                        "glimpse classify: " + images + ": 1 looping link skipped: inner/loop",
                        "glimpse classify: " + images + ": 1 dangling link skipped: none.png");
    }

    @Test
    void anImageComesFromStandardInputOnce() throws IOException {
        Path image = images.resolve("p10.png");
        CommandRun run = withInput(Files.readAllBytes(image), "classify", "--model", model, "-", image, "-");

        assertThat(run.exitCode()).isEqualTo(2);
        List<String> lines = run.out().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("-");
        assertThat(lines.subList(1, 4)).isEqualTo(lines.subList(5, 8));
        assertThat(run.err().lines())
                .containsExactly(
                        "glimpse classify: -: standard input holds one image, which is read already",
                        "glimpse classify: 1 of 3 images failed");
    }

    @Test
    void standardInputWithoutAnImageIsRefused() {
        assertThat(withInput(new byte[0], "classify", "--model", model, "-").err())
                .isEqualTo("glimpse classify: -: standard input is empty, expected an image" + System.lineSeparator());
        CommandRun text = withInput("no picture".getBytes(StandardCharsets.UTF_8), "embed", "--model", model, "-");
        assertThat(text.err()).startsWith("glimpse embed: -: ").hasLineCount(1);
        assertThat(text.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classify", "embed"})
    void jsonHasALinePerImageAlsoForOneThatFails(String command) throws IOException {
        Path bad = Files.writeString(images.resolve("p12.png"), "no picture");
        CommandRun run = CommandRun.of(command, "--model", model, "--json", folder.resolve("none"), images);

        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines).hasSize(21);
        assertThat(lines.stream().filter(line -> line.has("error")))
                .satisfiesExactly(
                        first -> assertThat(first.path("error").textValue())
                                .isEqualTo(folder.resolve("none") + ": no such file"),
                        second -> assertThat(second.path("image").textValue()).isEqualTo(bad.toString()));
        assertThat(run.err().lines()).hasSize(3).last().isEqualTo("glimpse " + command + ": 2 of 21 images failed");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void onlyWebAddressesWithoutPasswordsAreTakenAndNoSecretIsShown() {
        CommandRun run = CommandRun.of(
                "classify", "--model", model, "ftp://me:secret@host/a.jpg", "http://me:secret@host/a.jpg?key=secret");

        assertThat(run.err().lines())
                .containsExactly(
                        "glimpse classify: ftp://...@host/a.jpg: not a web address, expected http:// or https://",
                        "glimpse classify: http://...@host/a.jpg?...: holds a user's name or password, expected an address"
                                + " without",
                        "glimpse classify: 2 of 2 images failed");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aFolderWithoutImagesIsAFailureAndTheOthersFollow() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        CommandRun run = CommandRun.of("embed", "--model", model, empty, images.resolve("p10.png"));

        assertThat(run.out()).hasLineCount(1);
        assertThat(run.err())
                .startsWith("glimpse embed: " + empty + ": has no images")
                .hasLineCount(2);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    /** On Windows no path may hold a colon; here, as on Windows, none may hold this. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "classify --model MODEL x.png",
                "embed --model MODEL x.png",
                "info MODEL",
                "convert MODEL --out x",
                "evaluate --edge MODEL --server MODEL --images . --out x"
            })
    void aNameOfTheHubIsNeverTakenForAPath(String command) {
        Object[] words = command.replace("MODEL", "hf:owner/na\0me").split(" ");

        assertThat(CommandRun.of(words).err())
                .contains("hf:owner/na\\u0000me: expected hf:OWNER/NAME[@REVISION][/FILE]")
                .hasLineCount(1);
    }
}
