package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.file.OutputFiles;
import glimpse.evaluation.front.FrontFiles;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.quality.QualityFiles;
import glimpse.evaluation.report.HtmlReport;
import glimpse.evaluation.rows.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse report}: one HTML page of an evaluation or a sweep. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "Writes an HTML report of an evaluation or a sweep.",
            "",
            "The report shows accuracy against communication with the Pareto front, the tables and, for a sweep, sample images."
                    + " It is one self-contained file."
        },
        exitCodeList = {"0:The page was written.", "1:Writing failed.", "2:The input is invalid."},
        footer = {"", "Example:", "  glimpse report results --out report.html"})
public final class ReportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder written by glimpse evaluate or glimpse sweep.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--out", paramLabel = "FILE", description = "Page to write. Default: DIR/report.html.")
    private @Nullable Path out;

    /** Made by the command line, which sets the options. */
    public ReportCommand() {}

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    "DIR " + folder + ": " + (Files.exists(folder) ? "not a folder" : "no such folder"));
        }
        if (!Files.isRegularFile(folder.resolve("table.json"))
                && !Files.isRegularFile(folder.resolve(FrontFiles.JSON_NAME))
                && !Files.isRegularFile(folder.resolve(QualityFiles.JSON_NAME))) {
            throw new UsageException("DIR " + folder
                    + ": holds no table.json, front.json or models.json, expected the folder of a finished glimpse evaluate or"
                    + " glimpse sweep");
        }
        Path page =
                out == null ? folder.resolve("report.html") : OutputFiles.require("--out", out, RunFiles.of(folder));
        String html;
        try {
            html = HtmlReport.of(folder);
        } catch (IllegalArgumentException e) {
            throw new UsageException("DIR " + folder + ": " + e.getMessage());
        }
        AtomicFile.write(page, html);
        spec.commandLine().getOut().println(VisibleText.name(page.toString()));
        return ExitCode.OK;
    }
}
