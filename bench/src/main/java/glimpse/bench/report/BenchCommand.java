package glimpse.bench.report;

import glimpse.bench.DeitSize;
import glimpse.bench.PeerBenchmark;
import glimpse.bench.lab.LabCommand;
import glimpse.bench.peer.PeerModels;
import glimpse.bench.work.PeakProfiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code scripts/bench} starts. */
@Command(name = "bench", description = "Runs benchmarks and files their results.", sortOptions = false)
public final class BenchCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // the command line looks at it
    private boolean help;

    private BenchCommand() {}

    /** Runs a command; exits with its code. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new BenchCommand())
                .addSubcommand(new Run())
                .addSubcommand(new Add())
                .addSubcommand(new WriteModels())
                .addSubcommand(new LabCommand())
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    command.getErr()
                            .println(Objects.requireNonNullElse(thrown.getMessage(), thrown.toString())
                                    .strip());
                    return 1;
                });
        System.exit(line.execute(arguments));
    }

    /** {@code bench run}. */
    @Command(name = "run", description = "Runs a subset with JMH.", sortOptions = false)
    static final class Run implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "SUBSET", description = "kernels, layers, models, end-to-end or peers.")
        @SuppressWarnings("NullAway.Init")
        private String subset;

        @Option(names = "--results", required = true, paramLabel = "DIR", description = "Where the tables are kept.")
        @SuppressWarnings("NullAway.Init")
        private Path results;

        @Option(names = "--only", paramLabel = "REGEX", description = "Only benchmarks whose name has this.")
        private String only = "";

        @Option(names = "--forks", paramLabel = "N", description = "Processes a benchmark, one after the other.")
        private @Nullable Integer forks;

        @Option(names = "-p", paramLabel = "NAME=V,V", description = "Only these values of a parameter.")
        private List<String> parameters = List.of();

        @Option(names = "--peers", paramLabel = "DIR", description = "The models that peers share.")
        private Path peers = Path.of("bench/target/peers");

        @Override
        public Integer call() throws IOException, RunnerException {
            Subset chosen = chosen();
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .addProfiler(PeakProfiler.class)
                    .addProfiler(GCProfiler.class)
                    .jvmArgsPrepend("-D" + PeerBenchmark.FOLDER + "=" + peers.toAbsolutePath())
                    .shouldFailOnError(true);
            options.include(chosen.pattern(only));
            if (forks != null) {
                options.forks(forks);
            }
            for (String parameter : parameters) {
                int equals = parameter.indexOf('=');
                if (equals < 1) {
                    throw wrong("-p is '" + parameter + "', expected NAME=VALUE,VALUE");
                }
                String name = parameter.substring(0, equals);
                requireParameter(name, chosen.pattern(only));
                options.param(name, parameter.substring(equals + 1).split(","));
            }
            List<ResultRow> rows = new ArrayList<>();
            for (RunResult run : new Runner(options.build()).run()) {
                rows.add(JmhRows.row(chosen, run));
            }
            file(results, rows);
            return 0;
        }

        private Subset chosen() {
            for (Subset candidate : Subset.values()) {
                if (candidate.text().equals(subset)) {
                    return candidate;
                }
            }
            throw wrong("the subset is '" + subset + "', expected kernels, layers, models, end-to-end or peers");
        }

        /** JMH itself ignores a parameter that no benchmark has. */
        private void requireParameter(String name, String pattern) {
            OutputFormat silent = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
            boolean known = BenchmarkList.defaultList().find(silent, List.of(pattern), List.of()).stream()
                    .anyMatch(entry -> entry.getParams().orElse(Map.of()).containsKey(name));
            if (!known) {
                throw wrong("-p names '" + name + "', which is no parameter of these benchmarks");
            }
        }

        private ParameterException wrong(String message) {
            return new ParameterException(spec.commandLine(), message);
        }
    }

    /** {@code bench add}. */
    @Command(name = "add", description = "Adds rows that another program measured.", sortOptions = false)
    static final class Add implements Callable<Integer> {
        @Parameters(paramLabel = "CSV", description = "Rows in the results' own format.")
        @SuppressWarnings("NullAway.Init")
        private Path rows;

        @Option(names = "--results", required = true, paramLabel = "DIR", description = "Where the tables are kept.")
        @SuppressWarnings("NullAway.Init")
        private Path results;

        @Override
        public Integer call() throws IOException {
            file(results, CsvResults.read(rows));
            return 0;
        }
    }

    /** {@code bench write-models}. */
    @Command(name = "write-models", description = "Writes the models that peers share.", sortOptions = false)
    static final class WriteModels implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", description = "Where to.")
        @SuppressWarnings("NullAway.Init")
        private Path folder;

        @Override
        public Integer call() throws IOException {
            for (DeitSize size : DeitSize.values()) {
                new PeerModels(folder).write(size);
            }
            return 0;
        }
    }

    /** Replaces rows of the same benchmarks and parameters, and prints the new ones. */
    private static void file(Path results, List<ResultRow> fresh) throws IOException {
        Files.createDirectories(results);
        Path csv = results.resolve(MachineName.fileName() + ".csv");
        List<ResultRow> all = CsvResults.replace(CsvResults.read(csv), fresh);
        CsvResults.write(csv, all);
        Path table = results.resolve(MachineName.fileName() + ".md");
        Files.write(table, MarkdownReport.lines(MachineName.title(), all));
        MarkdownReport.lines(MachineName.title(), fresh).forEach(System.out::println);
        System.out.println();
        System.out.println("kept in " + csv + " and " + table.getFileName());
    }
}
