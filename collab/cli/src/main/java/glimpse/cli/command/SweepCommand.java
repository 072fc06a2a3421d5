package glimpse.cli.command;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.cli.front.ChooseOnOptions;
import glimpse.cli.front.EncodedOption;
import glimpse.cli.front.FrontOptions;
import glimpse.cli.front.FrontSweep;
import glimpse.cli.front.ServersOption;
import glimpse.cli.front.ServersOption.Server;
import glimpse.cli.option.CalibrationOptions;
import glimpse.cli.option.DataOptions;
import glimpse.cli.option.FileFormatOption;
import glimpse.cli.option.MethodOptions;
import glimpse.cli.option.NumberOf;
import glimpse.cli.option.ThreadsOption;
import glimpse.cli.run.RowRunner;
import glimpse.cli.run.RunOptions;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.spec.SpecGrid;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse sweep}: accuracy against communication over grids, and the choice of an operating point. */
@Command(
        name = "sweep",
        sortOptions = false,
        customSynopsis =
                "glimpse sweep --edge=FILE --server=[NAME=]FILE... (--images=PATH | --data=NAME) --out=DIR [OPTIONS]",
        defaultValueProvider = SweepCommand.Defaults.class,
        description = {
            "Evaluates an edge and one or several servers over grids and chooses operating points.",
            "",
            "The operating point is the one with the least communication among those whose accuracy is within --margin of the"
                    + " server's on whole images. Beside it, a point of the paper's method (patches by their scores alone, in one"
                    + " message) is chosen in the same way. The edge runs once per image, each server once per image and"
                    + " upload; gates, rules that end rounds and links are computed from their results.",
            "",
            "With --choose-on, operating points are chosen on other images: one for each method and each budget, in the paper's"
                    + " cost and in bytes, with 95 %% intervals and with sentences that say which differences are real. They"
                    + " are also written to front.csv and front.json.",
            "",
            "A grid is written " + SpecGrid.SYNTAX
                    + " in place of a number, such as sum:0.5..0.9/0.1. An interrupted sweep is"
                    + " resumed like glimpse evaluate. glimpse report writes an HTML page of the results."
        },
        exitCodeList = {
            "0:The table is complete. It counts the images that failed.",
            "1:The sweep failed. Finished rows are kept.",
            "2:The input is invalid."
        },
        footer = {
            "",
            "Example:",
            "  glimpse sweep --edge fashion-mnist/edge --server fashion-mnist/server --data fashion-mnist \\",
            "      --select sum:0.5..0.9/0.1,random-matched:sum:0.7 --file jpeg:90 --link lte --out results",
            "  glimpse sweep --edge tiny.safetensors --server stock=base.safetensors \\",
            "      --server glimpses=glimpses.safetensors --images test --choose-on held-out \\",
            "      --select sum:0.5..0.9/0.1,top:20..60/20+diverse:0.6 --codec glimpse:50 \\",
            "      --file jpeg:10..50/20,jpeg:50@80..160/40 --out front"
        })
public final class SweepCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ServersOption servers = new ServersOption();

    @Mixin
    private DataOptions dataOptions = new DataOptions();

    @Mixin
    private MethodOptions method = new MethodOptions();

    @Mixin
    private FileFormatOption files = new FileFormatOption();

    @Mixin
    private EncodedOption encoded = new EncodedOption();

    @Mixin
    private ChooseOnOptions chooseOn = new ChooseOnOptions();

    @Mixin
    private FrontOptions frontOptions = new FrontOptions();

    @Option(
            names = "--margin",
            paramLabel = "POINTS",
            defaultValue = "0.3",
            converter = NumberOf.PercentagePoints.class,
            description =
                    "Choose among operating points whose accuracy is at most this many percentage points below the"
                            + " server's. Default: ${DEFAULT-VALUE}.")
    private double marginPoints;

    @Option(
            names = "--budget",
            split = ",",
            paramLabel = "SHARE[,...]",
            hideParamSyntax = true,
            defaultValue = "1",
            converter = NumberOf.Share.class,
            description =
                    "Choose among operating points that need at most this share (0..1) of the communication of sending"
                            + " every image whole; if none of them is within --margin, the most accurate of them."
                            + " Of several, the first is the operating point's own. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private List<Double> budgets;

    @Option(
            names = "--point",
            paramLabel = "FILE",
            description =
                    "Evaluate the operating point in this file, the point.json of another sweep, and what stands beside it"
                            + " there, instead of choosing one.")
    private @Nullable Path pointFile;

    @Mixin
    private CalibrationOptions calibrationOptions = new CalibrationOptions();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private RunOptions runOptions;

    @Option(names = "--json", description = "Print the table as JSON.")
    private boolean json;

    /** Made by the command line, which sets the options; the rows are computed in this process. */
    public SweepCommand() {
        runOptions = new RunOptions();
    }

    /** Makes a command whose rows are computed elsewhere. */
    public SweepCommand(RowRunner rows) {
        runOptions = new RunOptions(rows);
    }

    /** Selections and gates from hardly any communication to nearly all of it. */
    static final class Defaults implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            return MethodOptions.defaultOf(
                    argument,
                    "sum:0.5..0.9/0.1,sum:0.95,sum:0.97",
                    "always,min-entropy:0.001,0.002,0.005,0.01,0.02,0.03,min-entropy:0.05..2/0.05,never");
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<ChosenPoint> given = given();
        Optional<Calibration> calibration = calibrationOptions.read();
        EvaluationPlan plan = plan(given, calibration);
        List<OffloadGate> gates = gates(given, calibration);
        List<StopRule> rules = rules(given, calibration);
        check();
        try (Workers workers = threads.workers()) {
            List<Server> loaded = new ArrayList<>();
            for (Server server : servers.load(workers)) {
                loaded.add(new Server(server.name(), calibrationOptions.apply(calibration, server.pair())));
            }
            VitConfig config = loaded.getFirst().pair().edge().transformer().config();
            MethodOptions.requireLayers(plan, config);
            FileFormatOption.requireSmaller(plan, config);
            return new SweepWork(
                            loaded,
                            plan,
                            gates,
                            rules,
                            method.links(),
                            given,
                            marginPoints / 100,
                            budgets,
                            dataOptions,
                            new FrontSweep(chooseOn, frontOptions, encoded, runOptions, plan, rules, spec),
                            runOptions,
                            json,
                            spec)
                    .run();
        }
    }

    /** Checks what can be checked before a model is loaded. */
    private void check() throws IOException {
        servers.check();
        dataOptions.check();
        chooseOn.check();
        frontOptions.check(chooseOn.given());
        if (servers.isSeveral() && !calibrationOptions.files().isEmpty()) {
            throw new UsageException("--calibration: was made for one server, expected one --server");
        }
        if (servers.isSeveral() && json && !chooseOn.given()) {
            throw new UsageException("--json: goes with one --server or with --choose-on PATH");
        }
        if (chooseOn.given()) {
            runOptions.requireInProcess("--choose-on");
        }
        if (encoded.given()) {
            runOptions.requireInProcess("--encoded");
        }
        if (servers.isSeveral()) {
            runOptions.requireInProcess("several --server");
        }
        runOptions.check(
                servers.files(),
                dataOptions,
                Stream.of(
                                Optional.ofNullable(pointFile).stream().toList(),
                                calibrationOptions.files(),
                                chooseOn.files(),
                                encoded.files())
                        .flatMap(List::stream)
                        .toList());
    }

    private Optional<ChosenPoint> given() throws IOException {
        if (pointFile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ChosenPoint.read(InputFiles.require("--point", pointFile)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--point " + e.getMessage());
        }
    }

    private static List<OperatingPoint> points(Optional<ChosenPoint> given) {
        return given.map(ChosenPoint::points).orElse(List.of());
    }

    /** Returns the plan, which includes the given points and all uploads that were calibrated. */
    private EvaluationPlan plan(Optional<ChosenPoint> given, Optional<Calibration> calibration) {
        encoded.check();
        List<FileFormat> formats = new ArrayList<>(files.formats());
        formats.addAll(encoded.formats());
        List<Upload> all = new ArrayList<>(method.plan(formats, true).uploads());
        points(given).forEach(point -> all.add(point.upload()));
        calibration.ifPresent(fitted -> all.addAll(fitted.uploads()));
        for (Upload upload : all) {
            if (upload instanceof Upload.WholeFile(FileFormat.EncodedElsewhere format)
                    && !encoded.formats().contains(format)) {
                throw new UsageException(
                        "--point " + pointFile + ": " + upload.spec() + " needs --encoded " + format.name() + "=DIR");
            }
        }
        return new EvaluationPlan(all, true, method.erasures());
    }

    private List<OffloadGate> gates(Optional<ChosenPoint> given, Optional<Calibration> calibration) {
        Set<OffloadGate> all = new LinkedHashSet<>(method.gates());
        points(given).forEach(point -> all.add(point.gate()));
        calibration.ifPresent(fitted -> all.add(fitted.point().gate()));
        return List.copyOf(all);
    }

    private List<StopRule> rules(Optional<ChosenPoint> given, Optional<Calibration> calibration) {
        Set<StopRule> all = new LinkedHashSet<>(method.rules());
        points(given).forEach(point -> point.until().ifPresent(all::add));
        calibration.flatMap(fitted -> fitted.point().until()).ifPresent(all::add);
        return List.copyOf(all);
    }
}
