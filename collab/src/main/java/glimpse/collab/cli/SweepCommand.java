package glimpse.collab.cli;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.data.Dataset;
import glimpse.collab.evaluate.EvaluationPlan;
import glimpse.collab.evaluate.FileFormat;
import glimpse.collab.evaluate.ImageRow;
import glimpse.collab.evaluate.LinkRow;
import glimpse.collab.evaluate.LinkSummary;
import glimpse.collab.evaluate.ReplacedFile;
import glimpse.collab.evaluate.ResultTable;
import glimpse.collab.evaluate.RunFolder;
import glimpse.collab.evaluate.Sending;
import glimpse.collab.evaluate.TableRow;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.link.Link;
import glimpse.collab.link.Links;
import glimpse.collab.report.ChosenPoint;
import glimpse.collab.report.ConsoleTable;
import glimpse.collab.report.Gallery;
import glimpse.collab.report.GalleryFile;
import glimpse.collab.report.LinkFiles;
import glimpse.collab.report.LinkTable;
import glimpse.collab.report.TableFiles;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.OptionGrid;
import glimpse.collab.select.PatchSelection;
import glimpse.engine.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                    + " written " + OptionGrid.FORM + " in place of a number: sum:0.5..0.9/0.1. A sweep is resumed as"
                    + " glimpse evaluate is, and glimpse report makes a page of its folder."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, images that failed are counted", "1:failed, finished rows are kept", "2:wrong input"},
        footer = {
            "",
            "Example:",
            "  glimpse sweep --edge fashion-mnist/edge --server fashion-mnist/server --data fashion-mnist \\",
            "      --select sum:0.5..0.9/0.1,random-like:sum:0.7 --file jpeg:50,jpeg:90 --link lte --out results"
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
            description = "How patches are scored: " + AttentionScore.FORM + "; mean unless given.")
    private List<String> scores = List.of("mean");

    @Option(
            names = "--select",
            split = ",",
            paramLabel = "SELECTION",
            description = "Which patches cross: " + PatchSelection.FORM
                    + "; sum:0.5..0.9/0.1,sum:0.95,sum:0.97 unless given.")
    private List<String> selections = List.of("sum:0.5..0.9/0.1", "sum:0.95", "sum:0.97");

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            description = "When the edge's answer stands: " + OffloadGate.FORM
                    + "; always, never and min-entropy from 0.001 to 2 unless given. May be given several times.")
    private List<String> gates =
            List.of("always", "min-entropy:0.001,0.002,0.005,0.01,0.02,0.03", "min-entropy:0.05..2/0.05", "never");

    @Option(
            names = "--codec",
            split = ",",
            paramLabel = "CODEC",
            description = "How pixels cross: " + PayloadCodec.FORM + "; raw unless given.")
    private List<String> codecs = List.of("raw");

    @Option(
            names = "--file",
            split = ",",
            paramLabel = "FORMAT",
            description = "For comparison, send every image whole as a file: " + FileFormat.FORM + ".")
    private List<String> files = List.of();

    @Option(
            names = "--link",
            split = ",",
            paramLabel = "LINK",
            description = "Also turn bytes into time on links: " + Links.FORM + ".")
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
            throw new UsageException("--margin " + marginPoints + " is not usable, expected 0..100");
        }
        if (!(budget >= 0 && budget <= 1)) {
            throw new UsageException("--budget " + budget + " is not usable, expected 0..1");
        }
        runOptions.check();
        pairOptions.check();
        try (Workers workers = threads.workers()) {
            PairOptions.Pair pair = pairOptions.load(workers);
            Choices.requireLayers(plan, pair.edge().transformer().config());
            Dataset images = dataOptions.images(pair.classes());
            try (RunFolder folder = runOptions.open(plan, pair, images)) {
                List<ImageRow> rows = runOptions.run(plan, pair, images, folder, spec);
                ResultTable table = pair.summary(rows, plan).table(parsedGates);
                TableFiles.write(table, folder);
                if (table.images() == 0) {
                    return RunOptions.allFailed(table.failed(), spec);
                }
                ChosenPoint point = given.orElseGet(
                        () -> ChosenPoint.of(table, marginPoints / 100, budget, dataOptions.description(images)));
                finish(table, new LinkSummary(rows, plan).rows(table, parsedLinks), point, folder);
                Optional<TableRow> row = point.rowOf(table);
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
        ReplacedFile.write(folder.file(ChosenPoint.FILE), point.toJson());
        String text = json
                ? TableFiles.json(table)
                : ConsoleTable.ofSweep(table, point)
                        + LinkTable.of(
                                linkRows.stream().filter(point::comparesWith).toList());
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
                Choices.selectors(scores, selections), Choices.codecs(codecs), Choices.files(files), true);
        if (given.isEmpty()) {
            return plan;
        }
        ChosenPoint point = given.get();
        EvaluationPlan own = Parsed.option(
                "--point",
                pointFile + "",
                text -> EvaluationPlan.of(
                        Choices.selectors(List.of(point.score()), List.of(point.selection())),
                        Choices.codecs(List.of(point.codec())),
                        List.of(),
                        true));
        List<Sending> all = new ArrayList<>(plan.sendings());
        all.addAll(own.sendings());
        return new EvaluationPlan(all, true);
    }

    private List<OffloadGate> gates(Optional<ChosenPoint> given) {
        List<String> all = new ArrayList<>(gates);
        given.ifPresent(point -> all.add(point.gate()));
        return Choices.gates(all);
    }
}
