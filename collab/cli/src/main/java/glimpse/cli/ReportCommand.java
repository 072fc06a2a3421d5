package glimpse.cli;

import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glimpse report}: an evaluation as one HTML page. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes one HTML page of the folder of glimpse evaluate or glimpse sweep: accuracy against communication with the"
                    + " Pareto front, tables and, of a sweep, images. The page needs no network and no other file."
        },
        footer = {"", "Example:", "  glimpse report results --out report.html"})
final class ReportCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder that glimpse evaluate or glimpse sweep wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(names = "--out", paramLabel = "FILE", description = "The page to write; DIR/report.html unless given.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        InputFiles.require("DIR", folder.resolve("table.json"));
        Path page = out == null ? folder.resolve("report.html") : out;
        String html;
        try {
            html = HtmlReport.of(folder);
        } catch (IllegalArgumentException e) {
            throw new UsageException("DIR: " + e.getMessage());
        }
        AtomicFile.write(page, html);
        spec.commandLine().getOut().println(page);
        return 0;
    }
}
