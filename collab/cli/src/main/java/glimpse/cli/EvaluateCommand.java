package glimpse.cli;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.engine.Workers;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.metrics.LinkSummary;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.report.ConsoleTable;
import glimpse.evaluation.report.LinkFiles;
import glimpse.evaluation.report.LinkTable;
import glimpse.evaluation.report.TableFiles;
import glimpse.evaluation.run.ImageResult;
import glimpse.evaluation.run.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glimpse evaluate}: accuracy against communication on a data set. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Evaluates an edge and a server on a folder of images: accuracy against communication.",
            "",
            "Rows are written to OUT/images.csv as they come. Killed and started again with the same options, the evaluation"
                    + " goes on where it was; other gates, threads or batches don't make it another evaluation.",
            "At the end the table is printed and written to OUT/table.csv, table.md and table.json."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, images that failed are counted", "1:failed, finished rows are kept", "2:wrong input"},
        footer = {
            "",
            "Example:",
            "  glimpse evaluate --edge tiny.glimpse.safetensors --server base.glimpse.safetensors \\",
            "      --images imagenet/val --select sum:0.97,top:100 --gate min-entropy:0.8,1.0 --out results"
        })
final class EvaluateCommand implements Callable<Integer> {
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
            description = "Which patches cross: " + PatchSelection.SYNTAX + "; sum:0.97 unless given.")
    private List<String> selections = List.of("sum:0.97");

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            description = "When the edge's answer stands: " + OffloadGate.SYNTAX
                    + "; min-entropy:0.8 unless given. May be" + " given several times.")
    private List<String> gates = List.of("min-entropy:0.8");

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            description = "How pixels cross: " + PayloadCodec.SYNTAX + "; raw unless given.")
    private String codec = "raw";

    @Option(names = "--server-baseline", description = "Also run the server on whole images, for comparison.")
    private boolean serverBaseline;

    @Option(
            names = "--link",
            split = ",",
            paramLabel = "LINK",
            description = "Also turn bytes into time on links: " + Links.SYNTAX + ".")
    private List<String> links = List.of();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private RunOptions runOptions = new RunOptions();

    @Option(names = "--json", description = "Print the table as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        EvaluationPlan plan = EvaluationPlan.of(
                Choices.policies(scores, selections), Choices.codecs(List.of(codec)), List.of(), serverBaseline);
        List<OffloadGate> parsedGates = Choices.gates(gates);
        List<Link> parsedLinks = Choices.links(links);
        runOptions.check();
        pairOptions.check();
        try (Workers workers = threads.workers()) {
            PairOptions.Pair pair = pairOptions.load(workers);
            Choices.requireLayers(plan, pair.edge().transformer().config());
            Dataset images = dataOptions.images(pair.classes());
            try (RunFolder folder = runOptions.open(plan, pair, images)) {
                List<ImageResult> rows = runOptions.run(plan, pair, images, folder, spec);
                ResultTable table = pair.summary(rows, plan).table(parsedGates);
                List<LinkRow> linkRows = new LinkSummary(rows, plan).rows(table, parsedLinks);
                TableFiles.write(table, folder);
                LinkFiles.write(linkRows, folder);
                print(table, linkRows);
                return table.images() > 0 ? 0 : RunOptions.allFailed(table.failed(), spec);
            }
        }
    }

    private void print(ResultTable table, List<LinkRow> linkRows) {
        String text = json ? TableFiles.json(table) : ConsoleTable.of(table) + LinkTable.of(linkRows);
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
