package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file says never reaches the terminal as a command to it. */
class HostileTextTest {
    private static final String HOSTILE = "\u001b]0;x\u0007\u009b31m\u202e";
    private static final String SHOWN = "\\u001b]0;x\\u0007\\u009b31m\\u202e";

    @TempDir
    Path folder;

    @Test
    void fileNamesAndClassNamesAreShownEscaped() throws IOException {
        List<String> labels = List.of("ant" + HOSTILE, "bee" + HOSTILE, "cow" + HOSTILE);
        Path model = TinyModel.write(folder.resolve("model"), TinyModel.RGB, 1, labels);
        Path image = TestImages.write(folder.resolve("a\nb\t" + HOSTILE + ".png"), 1);
        Path bad = Files.writeString(folder.resolve("bad" + HOSTILE + ".png"), "no picture");
        CommandRun classify = CommandRun.of("classify", "--model", model, image, bad);
        assertHarmless(classify);
        assertThat(classify.out()).contains("a\\u000ab\\u0009" + SHOWN + ".png", "ant" + SHOWN);
        assertThat(classify.out()).hasLineCount(4);
        assertThat(classify.err())
                .contains("bad" + SHOWN + ".png: ", "1 of 2 images failed")
                .hasLineCount(2);
        assertHarmless(CommandRun.of("classify", "--model", model, image, bad, "--json"));
        CommandRun embed = CommandRun.of("embed", "--model", model, image);
        assertHarmless(embed);
        assertThat(embed.out()).hasLineCount(1).containsOnlyOnce("\t");
        CommandRun explain = CommandRun.of("explain", "--model", model, image, "--out", folder.resolve("out.png"));
        assertHarmless(explain);
        assertThat(explain.out()).hasLineCount(3).contains(SHOWN);
        assertHarmless(CommandRun.of("info", bad));
        assertHarmless(CommandRun.of("info", folder.resolve(HOSTILE)));
        assertHarmless(CommandRun.of("classify", "--model", model, image, "--" + HOSTILE));
    }

    @Test
    void anEvaluationsFailuresAreShownEscaped() throws IOException {
        List<String> labels = List.of("ant", "bee", "cow");
        Path model = TinyModel.write(folder.resolve("model"), TinyModel.RGB, 1, labels);
        Path images = TestImages.folder(folder.resolve("images"), labels, 3);
        Files.writeString(images.resolve("ant").resolve(HOSTILE + ".png"), "no picture");
        CommandRun run = CommandRun.of(
                "evaluate", "--edge", model, "--server", model, "--images", images, "--out", folder.resolve("run"));
        assertHarmless(run);
        assertThat(run.err()).contains("glimpse evaluate: ant/" + SHOWN + ".png: ");
    }

    @Test
    void whatADataSetLeavesOutIsToldOnceAndEscaped() throws IOException {
        List<String> labels = List.of("ant", "bee", "cow");
        Path model = TinyModel.write(folder.resolve("model"), TinyModel.RGB, 1, labels);
        Path images = TestImages.folder(folder.resolve("images"), labels, 3);
        Files.createSymbolicLink(images.resolve("ant").resolve(HOSTILE), images);
        Files.writeString(images.resolve("ant").resolve("a.gif"), "");
        for (String command : List.of("evaluate", "sweep")) {
            CommandRun run = CommandRun.of(
                    command, "--edge", model, "--server", model, "--images", images, "--out", folder.resolve(command));
            assertHarmless(run);
            assertThat(run.exitCode()).isZero();
            assertThat(run.err())
                    .startsWith("glimpse " + command + ": " + images + ": 1 file skipped: 1 .gif; expected ")
                    .containsOnlyOnce("1 .gif")
                    .containsOnlyOnce(images + ": 1 looping link skipped: ant/" + SHOWN + System.lineSeparator());
        }
    }

    private static void assertHarmless(CommandRun run) {
        assertThat(run.out() + run.err()).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e");
    }
}
