package glimpse.cli.command;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.OutputFiles;
import glimpse.cli.model.PairOptions;
import glimpse.cli.option.DataOptions;
import glimpse.cli.option.MethodOptions;
import glimpse.cli.option.NumberOf;
import glimpse.cli.option.ThreadsOption;
import glimpse.cli.option.UploadOptions;
import glimpse.cli.run.StoredRuns;
import glimpse.collab.audit.Audit;
import glimpse.engine.Workers;
import glimpse.evaluation.calibration.Budget;
import glimpse.evaluation.calibration.Promise;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse calibrate}: fits temperatures, a gate that keeps a promise, and the choice of an upload. */
@Command(
        name = "calibrate",
        sortOptions = false,
        customSynopsis =
                "glimpse calibrate --edge=FILE --server=FILE (--images=PATH | --data=NAME) --out=FILE [OPTIONS]",
        description = {
            "Fits, on labelled images that neither model was trained on, the gate that lets as many of the edge's predictions"
                    + " stand as a promise allows: that at most a share of all images (--risk) is answered wrong by the edge"
                    + " where the server would be right. Writes FILE for the --calibration of evaluate, sweep, edge and"
                    + " serve.",
            "",
            "One part of the images fits the temperatures and chooses the upload and, if it is in rounds, the rule that ends"
                    + " them: of selections that differ in diverse's WEIGHT alone the best, of other uploads the best within"
                    + " --budget. The other images make the promise. It holds for new images that come as these did, and a server"
                    + " with this FILE; a set that is too small for it is refused."
        },
        exitCodeList = {"0:FILE is written.", "1:The calibration failed.", "2:The input is invalid, or too small."},
        footer = {
            "",
            "Example:",
            "  glimpse calibrate --edge tiny.safetensors --server base.safetensors --images held-out \\",
            "      --select top:10..60/10+diverse:0.2..1/0.2,rounds:top:10,top:30,top:80 --budget 0.1 --confidence 0.9 \\",
            "      --out pair.json",
            "  glimpse edge --model tiny.safetensors --calibration pair.json --server https://server:8443 \\",
            "      --server-model base --watch /srv/camera"
        })
public final class CalibrateCommand implements Callable<Integer> {
    private static final String BUDGET = "--budget";
    private static final String COMPARE_ROUNDS = "--compare-rounds";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private PairOptions pairOptions = new PairOptions();

    @Mixin
    private DataOptions dataOptions = new DataOptions();

    @Option(
            names = "--risk",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            converter = NumberOf.OpenShare.class,
            description = "Promise that at most this share of all images is answered wrong by the edge where the server"
                    + " would be right. Default: ${DEFAULT-VALUE}.")
    private double risk;

    @Option(
            names = "--confidence",
            paramLabel = "SHARE",
            converter = NumberOf.OpenShare.class,
            description =
                    "Let the promise hold for this share of calibration sets, 0.9 for example. Default: let it hold"
                            + " on average over them, which allows a looser gate.")
    private @Nullable Double confidence;

    @Mixin
    private UploadOptions candidates = new UploadOptions();

    @Option(
            names = BUDGET,
            paramLabel = "BUDGET",
            description =
                    "Choose the upload, the rule that ends its rounds and the gate that are the most accurate within"
                            + " this budget per image:%n"
                            + Budget.SYNTAX
                            + ".%nWithout it, rounds end as early as makes the answers no worse in all.")
    private @Nullable String budget;

    @Option(
            names = "--choose-on",
            paramLabel = "SHARE",
            converter = NumberOf.OpenShare.class,
            description =
                    "Fit temperatures and choose the upload and its rule on this share of the images; the promise is"
                            + " made with the others. Default: 0.2, or 0.5 if there is an upload or a rule to choose.")
    private @Nullable Double chooseOn;

    @Option(
            names = "--check-splits",
            paramLabel = "N",
            converter = NumberOf.AtLeastOne.class,
            description = "Also divide the images N times at random, calibrate the gate with one half and say how often"
                    + " the other half breaks the promise or raises the drift alarm.")
    private @Nullable Integer checkSplits;

    @Option(
            names = "--check-drift",
            paramLabel = "DIR",
            description =
                    "With --check-splits: let images of another kind, which need no classes, follow the second half,"
                            + " and say when the drift alarm is raised.")
    private @Nullable Path checkDrift;

    @Option(
            names = COMPARE_ROUNDS,
            split = ",",
            paramLabel = "BUDGET[,...]",
            hideParamSyntax = true,
            description =
                    "With --check-splits: also compare rounds with one message at these budgets. Half of the images that"
                            + " the upload is chosen on choose the best of each kind, its rule and its gate, and the other"
                            + " half measures both.")
    private List<String> compareRounds = List.of();

    @Option(
            names = "--audit",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            converter = NumberOf.Share.class,
            description =
                    "With --check-splits: let the drift alarm compare edge and server on this share of the confident"
                            + " images. Default: ${DEFAULT-VALUE}.")
    private double audit;

    @Mixin
    private StoredRuns runs = new StoredRuns();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "File for the calibration.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    /** Made by the command line, which sets the options. */
    public CalibrateCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        EvaluationPlan plan = candidates.plan();
        pairOptions.check();
        dataOptions.check();
        if (checkDrift != null && (checkSplits == null || !Files.isDirectory(checkDrift))) {
            throw new UsageException("--check-drift " + checkDrift + ": "
                    + (checkSplits == null ? "goes with --check-splits N" : "no such folder"));
        }
        if (!compareRounds.isEmpty()) {
            requireBothKinds(plan);
        }
        List<Path> inputs = Stream.concat(pairOptions.files().stream(), dataOptions.files().stream())
                .toList();
        OutputFiles.require("--out", out, inputs);
        runs.check(inputs);
        Promise promise =
                new Promise(risk, confidence == null ? OptionalDouble.empty() : OptionalDouble.of(confidence));
        try (Workers workers = threads.workers();
                StoredRuns.Folder folder = runs.open()) {
            PairOptions.Pair pair = pairOptions.load(workers);
            MethodOptions.requireLayers(plan, pair.edge().transformer().config());
            return new PairCalibration(
                            pair,
                            plan,
                            promise,
                            Optional.ofNullable(budget).map(text -> budget(BUDGET, text, pair)),
                            Optional.ofNullable(chooseOn),
                            dataOptions,
                            folder,
                            new SplitChecks(
                                    Optional.ofNullable(checkSplits),
                                    Optional.ofNullable(checkDrift),
                                    new Audit(audit),
                                    compareRounds.stream()
                                            .map(text -> budget(COMPARE_ROUNDS, text, pair))
                                            .toList()),
                            spec)
                    .run(out);
        }
    }

    private void requireBothKinds(EvaluationPlan plan) {
        if (checkSplits == null) {
            throw new UsageException(COMPARE_ROUNDS + ": goes with --check-splits N");
        }
        long inRounds = plan.uploads().stream().filter(Upload::isInRounds).count();
        if (inRounds == 0 || inRounds == plan.uploads().size()) {
            throw new UsageException(
                    COMPARE_ROUNDS + ": compares rounds with one message, expected --select with both");
        }
    }

    private static Budget budget(String option, String text, PairOptions.Pair pair) {
        try {
            return Budget.parse(text, pair.edge().transformer().config().patches());
        } catch (IllegalArgumentException e) {
            throw UsageException.invalid(option, text, Budget.SYNTAX);
        }
    }
}
