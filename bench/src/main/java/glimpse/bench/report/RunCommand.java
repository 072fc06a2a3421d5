package glimpse.bench.report;

import glimpse.bench.PeerBenchmark;
import glimpse.bench.peer.PeerEngine;
import glimpse.bench.work.PeakProfiler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench run}: runs a subset of the benchmarks with JMH and records the results. */
@Command(name = "run", description = "Runs a subset of the benchmarks and records the results.", sortOptions = false)
final class RunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SUBSET", description = "The subset to run; scripts/bench --help lists all.")
    @SuppressWarnings("NullAway.Init")
    private String subset;

    @Option(names = "--results", required = true, paramLabel = "DIR", description = "Folder of the result files.")
    @SuppressWarnings("NullAway.Init")
    private Path results;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Run only benchmarks whose name contains a match of REGEX.")
    private String only = "";

    @Option(names = "--forks", paramLabel = "N", description = "Run each benchmark in N processes, one after another.")
    private @Nullable Integer forks;

    @Option(
            names = "-p",
            paramLabel = "NAME=V,V",
            description = "Run only these values of a parameter; may be repeated.")
    private List<String> parameters = List.of();

    @Option(names = "--peers", paramLabel = "DIR", description = "Folder of the models that all peers read.")
    private Path peers = Path.of("bench/target/peers");

    @Option(
            names = "--isa",
            paramLabel = "ISA",
            description = "The instruction set: native (default), or avx2 to hold the engine to it.")
    private InstructionSet isa = InstructionSet.NATIVE;

    @Override
    public Integer call() throws IOException, RunnerException {
        Subset chosen = subset();
        if (!isa.exists()) {
            throw invalid("--isa is " + isa.text() + ", but this processor is " + System.getProperty("os.arch"));
        }
        String pattern = pattern(chosen);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .addProfiler(PeakProfiler.class)
                .addProfiler(GCProfiler.class)
                .jvmArgsPrepend("-D" + PeerBenchmark.FOLDER + "=" + peers.toAbsolutePath())
                .shouldFailOnError(true);
        options.include(pattern);
        if (isa != InstructionSet.NATIVE) {
            options.jvmArgsAppend(isa.jvmOptions().toArray(String[]::new));
        }
        if (forks != null) {
            options.forks(forks);
        }
        addParameters(options, benchmarks(pattern));
        if (chosen == Subset.PEERS && isa != InstructionSet.NATIVE) {
            options.param("engine", PeerEngine.Kind.GLIMPSE.name()); // the others can't be held to it
        }
        List<ResultRow> rows = new ArrayList<>();
        for (RunResult run : new Runner(options.build()).run()) {
            rows.add(JmhRows.row(chosen, run));
        }
        new ResultFiles(results, isa).add(rows);
        return 0;
    }

    private Subset subset() {
        for (Subset candidate : Subset.values()) {
            if (candidate.text().equals(subset)) {
                return candidate;
            }
        }
        List<String> known = Stream.of(Subset.values()).map(Subset::text).toList();
        throw invalid("SUBSET is '" + subset + "', expected one of " + String.join(", ", known));
    }

    private String pattern(Subset chosen) {
        try {
            Pattern.compile(only);
        } catch (PatternSyntaxException e) {
            throw invalid("--only is '" + only + "', expected a regular expression: " + e.getDescription());
        }
        return chosen.pattern(only);
    }

    private Collection<BenchmarkListEntry> benchmarks(String pattern) {
        OutputFormat silent = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        Collection<BenchmarkListEntry> found = BenchmarkList.defaultList().find(silent, List.of(pattern), List.of());
        if (found.isEmpty()) {
            throw invalid("--only is '" + only + "', which matches no benchmark of " + subset);
        }
        return found;
    }

    /** Checks names first, because JMH ignores a parameter that no benchmark has. */
    private void addParameters(ChainedOptionsBuilder options, Collection<BenchmarkListEntry> benchmarks) {
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw invalid("-p is '" + parameter + "', expected NAME=VALUE,VALUE");
            }
            String name = parameter.substring(0, equals);
            if (benchmarks.stream()
                    .noneMatch(entry -> entry.getParams().orElse(Map.of()).containsKey(name))) {
                throw invalid("-p is '" + parameter + "', but these benchmarks have no parameter " + name);
            }
            options.param(name, parameter.substring(equals + 1).split(","));
        }
    }

    private ParameterException invalid(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
