package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.model.ModelsOption;
import glimpse.cli.model.PairOptions;
import glimpse.cli.option.AuditOption;
import glimpse.cli.option.CalibrationOptions;
import glimpse.cli.option.DataOptions;
import glimpse.cli.option.LabelOptions;
import glimpse.cli.option.MethodOptions;
import glimpse.cli.option.ThreadsOption;
import glimpse.cli.run.RowRunner;
import glimpse.cli.run.RunOptions;
import glimpse.collab.audit.Audit;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.engine.Workers;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.erasure.ErasureAggregator;
import glimpse.evaluation.erasure.ErasureFiles;
import glimpse.evaluation.erasure.ErasureRow;
import glimpse.evaluation.erasure.ErasureTable;
import glimpse.evaluation.metrics.LinkAggregator;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.quality.PredictionQuality;
import glimpse.evaluation.quality.Predictions;
import glimpse.evaluation.quality.QualityFiles;
import glimpse.evaluation.quality.QualityTable;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.table.ConsoleTable;
import glimpse.evaluation.table.LinkFiles;
import glimpse.evaluation.table.LinkTable;
import glimpse.evaluation.table.TableFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

/** {@code glimpse evaluate}: accuracy against communication on a data set. */
@Command(
        name = "evaluate",
        sortOptions = false,
        customSynopsis = {
            "glimpse evaluate --edge=FILE --server=FILE (--images=PATH | --data=NAME) --out=DIR [OPTIONS]",
            "       glimpse evaluate --model=FILE [--model=FILE ...] (--images=PATH | --data=NAME) --out=DIR [OPTIONS]"
        },
        defaultValueProvider = EvaluateCommand.Defaults.class,
        description = {
            "Evaluates an edge and a server on labelled images: accuracy against communication. With --model, evaluates models"
                    + " alone: accuracy and speed.",
            "",
            "The table is printed and written to DIR as table.csv, table.md and table.json. The row of each image is appended to"
                    + " DIR/images.csv as soon as it is computed: run an interrupted evaluation again with the same options"
                    + " to resume it. --gate, --until, --link and --threads may differ, since they don't change the rows.",
            "",
            "The table of models is models.csv, models.md and models.json, and each model's rows are in a folder of its own in"
                    + " DIR. For models and for pairs, classes.csv has the accuracy by class, confusion.csv the confusion"
                    + " matrix without zeros, and calibration.csv confidence against accuracy in 15 bins."
        },
        exitCodeList = {
            "0:The table is complete. It counts the images that failed.",
            "1:The evaluation failed. Finished rows are kept.",
            "2:The input is invalid."
        },
        footer = {
            "",
            "Example:",
            "  glimpse evaluate --edge tiny.safetensors --server base.safetensors --images imagenet/val \\",
            "      --select sum:0.97,top:100 --gate min-entropy:0.8,1.0 --out results",
            "  glimpse evaluate --edge tiny.safetensors --server base.safetensors --images imagenet/val \\",
            "      --select rounds:top:10,top:30,all --until min-entropy:0.3 --out results",
            "  glimpse evaluate --model tiny.safetensors --images imagenet/val --out results"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final String SERVER_BASELINE = "--server-baseline";
    private static final String ONLY_OFFLOADED = "--only-offloaded";
    private static final String UNTIL = "--until";

    /** Options that mean nothing for models alone. */
    private static final List<String> OF_PAIRS = List.of(
            "--edge",
            "--server",
            "--score",
            "--select",
            "--gate",
            UNTIL,
            "--codec",
            "--link",
            MethodOptions.ERASURE,
            "--calibration",
            "--audit",
            SERVER_BASELINE,
            ONLY_OFFLOADED);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ModelsOption models = new ModelsOption();

    @Mixin
    private PairOptions pairOptions = new PairOptions();

    @Mixin
    private DataOptions dataOptions = new DataOptions();

    @Mixin
    private LabelOptions labels = new LabelOptions();

    @Mixin
    private MethodOptions method = new MethodOptions();

    @Option(names = SERVER_BASELINE, description = "Also classify whole images on the server, for comparison.")
    private boolean serverBaseline;

    @Option(
            names = ONLY_OFFLOADED,
            description =
                    "Ask the server only about images that a gate offloads. It takes less time, leaves the server's"
                            + " accuracy on kept patches unknown, and with another gate the images that it offloads"
                            + " are still to be computed.")
    private boolean onlyOffloaded;

    @Mixin
    private CalibrationOptions calibrationOptions = new CalibrationOptions();

    @Mixin
    private AuditOption auditOption = new AuditOption();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private RunOptions runOptions;

    @Option(names = "--json", description = "Print the table as JSON.")
    private boolean json;

    /** Made by the command line, which sets the options; the rows are computed in this process. */
    public EvaluateCommand() {
        runOptions = new RunOptions();
    }

    /** Makes a command whose rows are computed elsewhere. */
    public EvaluateCommand(RowRunner rows) {
        runOptions = new RunOptions(rows);
    }

    /** A single operating point. */
    static final class Defaults implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            return MethodOptions.defaultOf(argument, "sum:0.97", "min-entropy:0.8");
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (models.given()) {
            requireNoneOf(OF_PAIRS);
            models.check();
            dataOptions.check();
            labels.check();
            runOptions.check(models, dataOptions, labels.files());
            try (Workers workers = threads.workers()) {
                return new ModelEvaluation(models, dataOptions, labels, runOptions, json, spec).run(workers);
            }
        }
        if (onlyOffloaded && serverBaseline) {
            throw new UsageException(
                    ONLY_OFFLOADED + ": leaves out images, but " + SERVER_BASELINE + " needs them all");
        }
        Optional<Calibration> calibration = calibrationOptions.read();
        if (onlyOffloaded && calibration.isPresent()) {
            throw new UsageException(
                    ONLY_OFFLOADED + ": leaves out images on which a calibration's promise is checked");
        }
        Audit audit = auditOption.audit(calibration);
        EvaluationPlan all = plan(calibration);
        List<OffloadGate> gates = gates(calibration);
        EvaluationPlan plan = onlyOffloaded ? all.onlyOffloadedBy(gates) : all;
        pairOptions.check();
        dataOptions.check();
        labels.check();
        runOptions.check(
                pairOptions,
                dataOptions,
                Stream.concat(labels.files().stream(), calibrationOptions.files().stream())
                        .toList());
        try (Workers workers = threads.workers()) {
            return evaluatePair(
                    plan,
                    gates,
                    rules(calibration),
                    calibration.map(one -> new PromiseLines(one, audit)),
                    calibrationOptions.apply(calibration, pairOptions.load(workers)));
        }
    }

    /** Returns the plan of the options or, if they name no upload, of the calibration. */
    private EvaluationPlan plan(Optional<Calibration> calibration) {
        if (calibration.isEmpty() || Stream.of("--score", "--select", "--codec").anyMatch(this::isGiven)) {
            return method.plan(List.of(), serverBaseline);
        }
        Upload upload = calibration.get().point().upload();
        if (isGiven(UNTIL) && !upload.isInRounds()) {
            throw new UsageException(
                    UNTIL + ": ends rounds, but the calibration's upload, " + upload.spec() + ", has none");
        }
        return new EvaluationPlan(List.of(upload), serverBaseline, method.erasures());
    }

    private List<OffloadGate> gates(Optional<Calibration> calibration) {
        return calibration.isPresent() && !isGiven("--gate")
                ? List.of(calibration.get().point().gate())
                : method.gates();
    }

    private List<StopRule> rules(Optional<Calibration> calibration) {
        return calibration.isPresent() && !isGiven(UNTIL)
                ? calibration.get().point().until().stream().toList()
                : method.rules();
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private void requireNoneOf(List<String> options) {
        for (String option : options) {
            if (isGiven(option)) {
                throw new UsageException(option + ": goes with --edge and --server, but " + ModelsOption.MODEL
                        + " evaluates models alone");
            }
        }
    }

    private int evaluatePair(
            EvaluationPlan plan,
            List<OffloadGate> gates,
            List<StopRule> rules,
            Optional<PromiseLines> promise,
            PairOptions.Pair loaded)
            throws IOException, InterruptedException {
        PairOptions.Pair pair = loaded.among(labels.validClasses(loaded.classes()));
        MethodOptions.requireLayers(plan, pair.edge().transformer().config());
        Dataset images = dataOptions.images(pair.classes());
        Optional<List<List<Integer>>> real = labels.realLabels(images, pair.classes());
        try (RunFolder folder = runOptions.open(plan, pair, images)) {
            List<ImageResult> rows = runOptions.run(plan, pair, images, folder, spec);
            ResultTable table = pair.aggregator(rows, plan).table(gates, rules);
            List<LinkRow> linkRows = new LinkAggregator(rows, plan).rows(table, method.links());
            List<ErasureRow> erasureRows = new ErasureAggregator(rows, plan).rows(table);
            List<OperatingPoint> points =
                    table.rows().stream().map(TableRow::point).toList();
            List<PredictionQuality> quality = Predictions.ofPair(rows, plan, points).stream()
                    .map(predictions -> PredictionQuality.of(predictions, real))
                    .toList();
            TableFiles.write(table, folder);
            LinkFiles.write(linkRows, folder);
            ErasureFiles.write(erasureRows, folder);
            QualityFiles.write(quality, pair.classes(), folder);
            String more = real.isPresent() ? "\n" + QualityTable.of(quality, List.of()) : "";
            if (promise.isPresent()) {
                more += promise.get().check(rows, plan, folder);
            } else {
                PromiseLines.delete(folder);
            }
            print(table, LinkTable.of(linkRows) + ErasureTable.of(erasureRows) + more);
            return table.images() > 0 ? ExitCode.OK : RunOptions.allFailed(table.failed(), spec);
        }
    }

    private void print(ResultTable table, String more) {
        String text = json ? TableFiles.json(table) : ConsoleTable.of(table) + more;
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
