package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.model.HubFiles;
import glimpse.cli.model.ModelSource;
import glimpse.cli.model.PairOptions;
import glimpse.cli.option.DataOptions;
import glimpse.cli.option.MethodOptions;
import glimpse.cli.option.ThreadsOption;
import glimpse.cli.progress.TimeLeft;
import glimpse.cli.run.RowRunner;
import glimpse.cli.run.RunOptions;
import glimpse.engine.Workers;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.paper.Comparison;
import glimpse.evaluation.paper.Conditions;
import glimpse.evaluation.paper.Measurements;
import glimpse.evaluation.paper.ModelFacts;
import glimpse.evaluation.paper.PaperExperiment;
import glimpse.evaluation.paper.PassTimes;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.report.ReproductionPage;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.table.ComparisonFiles;
import glimpse.evaluation.table.ComparisonTable;
import glimpse.evaluation.table.TableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse reproduce}: the paper from end to end, its published figures beside ours. */
@Command(
        name = "reproduce",
        sortOptions = false,
        customSynopsis = "glimpse reproduce (--images=PATH | --data=NAME) --out=DIR [OPTIONS]",
        defaultValueProvider = ReproduceCommand.Defaults.class,
        description = {
            "Runs the experiments of arXiv 2404.07217 and compares their published figures with ours.",
            "",
            "Every selection of the paper (counts, thresholds, attention sums, random, rollout) is run with every gate. The models"
                    + " are the paper's unless --edge or --server names others: " + PaperExperiment.EDGE + " and "
                    + PaperExperiment.SERVER
                    + ". The page DIR/reproduction.html says how far each figure is off, and what"
                    + " differs from the paper; comparison.csv, .json and .md hold the same figures, table.csv every"
                    + " operating point. A run that was interrupted is resumed like glimpse evaluate."
        },
        exitCodeList = {
            "0:The page was written. It counts the images that failed.",
            "1:The run failed. Finished rows are kept.",
            "2:The input is invalid."
        },
        footer = {"", "Example:", "  glimpse reproduce --images imagenet/val --out reproduction"})
public final class ReproduceCommand implements Callable<Integer> {
    private static final long BYTES_PER_ROW = 200;
    private static final long BYTES_PER_RESULT = 100;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private DataOptions dataOptions = new DataOptions();

    @Mixin
    private PairOptions pairOptions = new PairOptions();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private RunOptions runOptions;

    @Option(names = "--json", description = "Print the comparison as JSON.")
    private boolean json;

    /** Made by the command line, which sets the options; the rows are computed in this process. */
    public ReproduceCommand() {
        runOptions = new RunOptions();
    }

    /** Makes a command whose rows are computed elsewhere. */
    public ReproduceCommand(RowRunner rows) {
        runOptions = new RunOptions(rows);
    }

    /** The paper's pair. */
    static final class Defaults implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            return PairOptions.defaultOf(argument, PaperExperiment.EDGE, PaperExperiment.SERVER);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        dataOptions.check();
        runOptions.check(pairOptions, dataOptions, List.of());
        pairOptions.check();
        try (Workers workers = threads.workers()) {
            PairOptions.Pair pair = pairOptions.load(workers);
            EvaluationPlan plan =
                    PaperExperiment.plan(pair.edge().transformer().config().depth());
            MethodOptions.requireLayers(plan, pair.edge().transformer().config(), "--edge");
            Dataset images = dataOptions.images(pair.classes());
            try (RunFolder folder = runOptions.open(plan, pair, images)) {
                folder.requireSpace(images.size()
                        * (BYTES_PER_ROW + BYTES_PER_RESULT * plan.allUploads().size()));
                PassTimes times = PassTimes.measure(pair.edge(), pair.server(), plan, images);
                int threads = runOptions.threads(workers.threads());
                double secondsPerImage = times.secondsPerImage() * workers.threads() / threads;
                announce(times, secondsPerImage * images.size(), images.size(), threads);
                List<ImageResult> rows =
                        runOptions.run(plan, pair, images, folder, spec, OptionalDouble.of(secondsPerImage));
                ResultTable table = pair.aggregator(rows, plan).table(PaperExperiment.gates());
                TableFiles.write(table, folder);
                if (table.images() == 0) {
                    return RunOptions.allFailed(table.failed(), spec);
                }
                int patches = pair.edge().transformer().config().patches();
                finish(new Measurements(rows, plan, table, patches), conditions(pair, images, table), times, folder);
                return ExitCode.OK;
            }
        }
    }

    private void announce(PassTimes times, double seconds, int images, int threads) {
        spec.commandLine()
                .getErr()
                .println(String.format(
                        Locale.ROOT,
                        "%s: %,d %s about %s on %d %s: %s",
                        spec.qualifiedName(),
                        images,
                        images == 1 ? "image takes" : "images take",
                        TimeLeft.text(Duration.ofMillis(Math.round(1000 * seconds))),
                        threads,
                        threads == 1 ? "thread" : "threads",
                        times.speed()));
    }

    private Conditions conditions(PairOptions.Pair pair, Dataset images, ResultTable table) {
        Map<String, String> hashes = pair.hashes();
        return new Conditions(
                new ModelFacts("edge", name(pair.edgeSource()), pair.edge(), "" + hashes.get("edge_sha256")),
                new ModelFacts("server", name(pair.serverSource()), pair.server(), "" + hashes.get("server_sha256")),
                dataOptions.description(images),
                table);
    }

    /** Returns a hub's model by its name, and a file without its folder. */
    private static String name(ModelSource model) {
        return HubFiles.isReference(model.name())
                ? model.name()
                : String.valueOf(model.path().getFileName());
    }

    private void finish(Measurements ours, Conditions conditions, PassTimes times, RunFolder folder)
            throws IOException {
        List<Comparison> comparisons = Comparison.of(PaperExperiment.published(), ours);
        ComparisonFiles.write(comparisons, folder);
        Path page = folder.file(ReproductionPage.FILE);
        AtomicFile.write(page, ReproductionPage.of(ours, comparisons, conditions, times));
        String text = json
                ? ComparisonFiles.json(comparisons)
                : ComparisonTable.of(comparisons, conditions) + "\n" + VisibleText.name(page.toString()) + "\n";
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
