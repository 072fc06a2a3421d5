package glimpse.cli;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.spec.SpecGrid;
import glimpse.engine.Workers;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.gallery.Gallery;
import glimpse.evaluation.gallery.GalleryFile;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.metrics.LinkSummary;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse sweep}: accuracy against communication over grids, and an operating point. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Evaluates an edge and a server over grids of selections, codecs and gates, and chooses an operating point: the"
                    + " cheapest whose accuracy is within --margin of the server's on whole images.",
            "",
            "The edge runs once an image, the server once for every image and selection; gates cost nothing. A grid is"
                    + " written " + SpecGrid.SYNTAX + " in place of a number: sum:0.5..0.9/0.1. A sweep is resumed as"
                    + " glimpse evaluate is, and glimpse report makes a page of its folder."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, images that failed are counted", "1:failed, finished rows are kept", "2:wrong input"},
        footer = {
            "",
            "Example:",
            "  glimpse sweep --edge fashion-mnist/edge --server fashion-mnist/server --data fashion-mnist \\",
            "      --select sum:0.5..0.9/0.1,random-matched:sum:0.7 --file jpeg:50,jpeg:90 --link lte --out results"
        })
final class SweepCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private PairOptions pairOptions = new PairOptions();

    @Mixin
    private DataOptions dataOptions = new DataOptions();

    @Option(
            names = "--score",
            split = ",",
            paramLabel = "SCORE",
            description = "How patches are scored: " + AttentionScore.SYNTAX + "; mean unless given.")
    private List<String> scores = List.of("mean");

    @Option(
            names = "--select",
            split = ",",
            paramLabel = "SELECTION",
            description = "Which patches cross: " + PatchSelection.SYNTAX
                    + "; sum:0.5..0.9/0.1,sum:0.95,sum:0.97 unless given.")
    private List<String> selections = List.of("sum:0.5..0.9/0.1", "sum:0.95", "sum:0.97");

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            description = "When the edge's answer stands: " + OffloadGate.SYNTAX
                    + "; always, never and min-entropy from 0.001 to 2 unless given. May be given several times.")
    private List<String> gates =
            List.of("always", "min-entropy:0.001,0.002,0.005,0.01,0.02,0.03", "min-entropy:0.05..2/0.05", "never");

    @Option(
            names = "--codec",
            split = ",",
            paramLabel = "CODEC",
            description = "How pixels cross: " + PayloadCodec.SYNTAX + "; raw unless given.")
    private List<String> codecs = List.of("raw");

    @Option(
            names = "--file",
            split = ",",
            paramLabel = "FORMAT",
            description = "For comparison, send every image whole as a file: " + FileFormat.SYNTAX + ".")
    private List<String> files = List.of();

    @Option(
            names = "--link",
            split = ",",
            paramLabel = "LINK",
            description = "Also turn bytes into time on links: " + Links.SYNTAX + ".")
    private List<String> links = List.of();

    @Option(
            names = "--margin",
            paramLabel = "POINTS",
            description = "How far, in percentage points, the operating point's accuracy may lie below the server's;"
                    + " ${DEFAULT-VALUE} unless given.")
    private double marginPoints = 0.3;

    @Option(
            names = "--budget",
            paramLabel = "SHARE",
            description =
                    "The most communication that the operating point may take, 1 being every image whole; if no point"
                            + " within it is near enough to the server, the most accurate is chosen; ${DEFAULT-VALUE} unless given.")
    private double budget = 1;

    @Option(
            names = "--point",
            paramLabel = "FILE",
            description = "Take the operating point that another sweep chose (its point.json) instead of choosing one.")
    private @Nullable Path pointFile;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private RunOptions runOptions = new RunOptions();

    @Option(names = "--json", description = "Print the whole table as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<ChosenPoint> given = given();
        EvaluationPlan plan = plan(given);
        List<OffloadGate> parsedGates = gates(given);
        List<Link> parsedLinks = Choices.links(links);
        if (!(marginPoints >= 0 && marginPoints <= 100)) {
            throw new UsageException("--margin " + marginPoints + " is invalid, expected 0..100");
        }
        if (!(budget >= 0 && budget <= 1)) {
            throw new UsageException("--budget " + budget + " is invalid, expected 0..1");
        }
        runOptions.check();
        pairOptions.check();
        try (Workers workers = threads.workers()) {
            PairOptions.Pair pair = pairOptions.load(workers);
            Choices.requireLayers(plan, pair.edge().transformer().config());
            Dataset images = dataOptions.images(pair.classes());
            try (RunFolder folder = runOptions.open(plan, pair, images)) {
                List<ImageResult> rows = runOptions.run(plan, pair, images, folder, spec);
                ResultTable table = pair.summary(rows, plan).table(parsedGates);
                TableFiles.write(table, folder);
                if (table.images() == 0) {
                    return RunOptions.allFailed(table.failed(), spec);
                }
                ChosenPoint point = given.orElseGet(() -> ChosenPoint.of(
                        table, ChosenPoint.choose(table, marginPoints / 100, budget), dataOptions.description(images)));
                finish(table, new LinkSummary(rows, plan).rows(table, parsedLinks), point, folder);
                Optional<TableRow> row = table.row(point.point());
                if (row.isPresent()) {
                    Gallery gallery = new Gallery(pair.edge(), images, pair.classes());
                    GalleryFile.write(gallery.of(rows, plan, row.get()), folder.file(GalleryFile.NAME));
                }
                return 0;
            }
        }
    }

    private void finish(ResultTable table, List<LinkRow> linkRows, ChosenPoint point, RunFolder folder)
            throws IOException {
        LinkFiles.write(linkRows, folder);
        AtomicFile.write(folder.file(ChosenPoint.FILE), point.toJson());
        String text = json
                ? TableFiles.json(table)
                : ConsoleTable.ofSweep(table, point)
                        + LinkTable.of(linkRows.stream()
                                .filter(row -> row.point().equals(point.point())
                                        || row.point().upload() instanceof Upload.WholeFile)
                                .toList());
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

    /** The plan; a point that was given is in it. */
    private EvaluationPlan plan(Optional<ChosenPoint> given) {
        EvaluationPlan plan = EvaluationPlan.of(
                Choices.policies(scores, selections), Choices.codecs(codecs), Choices.files(files), true);
        if (given.isEmpty()) {
            return plan;
        }
        List<Upload> all = new ArrayList<>(plan.uploads());
        all.add(given.get().point().upload());
        return new EvaluationPlan(all, true);
    }

    private List<OffloadGate> gates(Optional<ChosenPoint> given) {
        Set<OffloadGate> all = new LinkedHashSet<>(Choices.gates(gates));
        given.ifPresent(choice -> all.add(choice.point().gate()));
        return List.copyOf(all);
    }
}
