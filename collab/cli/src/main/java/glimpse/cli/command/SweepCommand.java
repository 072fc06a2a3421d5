package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.option.CalibrationOptions;
import glimpse.cli.option.DataOptions;
import glimpse.cli.option.FileFormatOption;
import glimpse.cli.option.InputFiles;
import glimpse.cli.option.MethodOptions;
import glimpse.cli.option.NumberOf;
import glimpse.cli.option.PairOptions;
import glimpse.cli.option.RowRunner;
import glimpse.cli.option.RunOptions;
import glimpse.cli.option.ThreadsOption;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.spec.SpecGrid;
import glimpse.engine.Workers;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.gallery.Gallery;
import glimpse.evaluation.gallery.GalleryFile;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.LinkAggregator;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.report.ConsoleTable;
import glimpse.evaluation.report.LinkFiles;
import glimpse.evaluation.report.LinkTable;
import glimpse.evaluation.report.TableFiles;
import glimpse.evaluation.run.ImageResult;
import glimpse.evaluation.run.RunFolder;
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
        customSynopsis = "glimpse sweep --edge=FILE --server=FILE (--images=PATH | --data=NAME) --out=DIR [OPTIONS]",
        defaultValueProvider = SweepCommand.Defaults.class,
        description = {
            "Evaluates an edge and a server over grids and chooses an operating point.",
            "",
            "The operating point is the one with the least communication among those whose accuracy is within --margin of the"
                    + " server's on whole images. Beside it, a point of the paper's method (patches by their scores alone, in one"
                    + " message) is chosen in the same way. The edge runs once per image, the server once per image and"
                    + " upload; gates, rules that end rounds and links are computed from their results.",
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
            "      --select sum:0.5..0.9/0.1,random-matched:sum:0.7 --file jpeg:90 --link lte --out results"
        })
public final class SweepCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private PairOptions pairOptions = new PairOptions();

    @Mixin
    private DataOptions dataOptions = new DataOptions();

    @Mixin
    private MethodOptions method = new MethodOptions();

    @Mixin
    private FileFormatOption files = new FileFormatOption();

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
        List<StopRule> rules = rules(given);
        pairOptions.check();
        dataOptions.check();
        runOptions.check(
                pairOptions,
                dataOptions,
                Stream.concat(Optional.ofNullable(pointFile).stream(), calibrationOptions.files().stream())
                        .toList());
        try (Workers workers = threads.workers()) {
            PairOptions.Pair pair = calibrationOptions.apply(calibration, pairOptions.load(workers));
            MethodOptions.requireLayers(plan, pair.edge().transformer().config());
            Dataset images = dataOptions.images(pair.classes());
            try (RunFolder folder = runOptions.open(plan, pair, images)) {
                List<ImageResult> rows = runOptions.run(plan, pair, images, folder, spec);
                ResultTable table = pair.aggregator(rows, plan).table(gates, rules);
                TableFiles.write(table, folder);
                if (table.images() == 0) {
                    return RunOptions.allFailed(table.failed(), spec);
                }
                ChosenPoint point = given.orElseGet(
                        () -> ChosenPoint.of(table, marginPoints / 100, budgets, dataOptions.description(images)));
                finish(table, new LinkAggregator(rows, plan).rows(table, method.links()), point, folder);
                Optional<TableRow> row = table.row(point.point());
                if (row.isPresent()) {
                    Gallery gallery = new Gallery(pair.edge(), images, pair.classes());
                    GalleryFile.write(gallery.of(rows, plan, row.get()), folder.file(GalleryFile.NAME));
                }
                return ExitCode.OK;
            }
        }
    }

    private void finish(ResultTable table, List<LinkRow> linkRows, ChosenPoint point, RunFolder folder)
            throws IOException {
        LinkFiles.write(linkRows, folder);
        point.write(folder.file(ChosenPoint.FILE));
        String text = json
                ? TableFiles.json(table)
                : ConsoleTable.ofSweep(table, point)
                        + LinkTable.of(linkRows.stream()
                                .filter(row -> row.point().equals(point.point())
                                        || (row.point().upload() instanceof Upload.WholeFile
                                                && !row.point().upload().isInRounds()))
                                .toList())
                        + ConsoleTable.conclusion(table, point);
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
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
        List<Upload> all = new ArrayList<>(method.plan(files.formats(), true).uploads());
        points(given).forEach(point -> all.add(point.upload()));
        calibration.ifPresent(fitted -> all.addAll(fitted.uploads()));
        return new EvaluationPlan(all, true);
    }

    private List<OffloadGate> gates(Optional<ChosenPoint> given, Optional<Calibration> calibration) {
        Set<OffloadGate> all = new LinkedHashSet<>(method.gates());
        points(given).forEach(point -> all.add(point.gate()));
        calibration.ifPresent(fitted -> all.add(fitted.point().gate()));
        return List.copyOf(all);
    }

    private List<StopRule> rules(Optional<ChosenPoint> given) {
        Set<StopRule> all = new LinkedHashSet<>(method.rules());
        points(given).forEach(point -> point.until().ifPresent(all::add));
        return List.copyOf(all);
    }
}
