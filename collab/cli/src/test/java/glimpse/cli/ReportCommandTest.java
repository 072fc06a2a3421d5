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

class ReportCommandTest {
    @TempDir
    Path folder;

    @Test
    void anEvaluationsFolderBecomesAPage() throws IOException {
        List<String> labels = List.of("ant", "bee", "cow");
        Path model = TinyModel.write(folder.resolve("model"), TinyModel.RGB, 1, labels);
        Path images = TestImages.folder(folder.resolve("images"), labels, 4);
        Path run = folder.resolve("run");
        CommandRun.of("evaluate", "--edge", model, "--server", model, "--images", images, "--out", run);
        CommandRun report = CommandRun.of("report", run);
        assertThat(report.err()).isEmpty();
        assertThat(report.exitCode()).isZero();
        assertThat(Files.readString(run.resolve("report.html"))).contains("of 4 images", "sum:0.97");
        Path other = folder.resolve("other.html");
        CommandRun.of("report", run, "--out", other);
        assertThat(other).hasSameTextualContentAs(run.resolve("report.html"));
    }

    @Test
    void aFolderWithoutATableIsWrongInput() {
        CommandRun report = CommandRun.of("report", folder);
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.err())
                .isEqualTo("glimpse report: DIR " + folder
                        + ": holds no table.json, front.json or models.json, expected the folder"
                        + " of a finished glimpse evaluate or glimpse sweep" + System.lineSeparator());
    }

    @Test
    void whatIsNoFolderIsWrongInput() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(CommandRun.of("report", file).err()).contains("DIR " + file + ": not a folder");
        Path none = folder.resolve("none");
        assertThat(CommandRun.of("report", none).err()).contains("DIR " + none + ": no such folder");
    }
}
