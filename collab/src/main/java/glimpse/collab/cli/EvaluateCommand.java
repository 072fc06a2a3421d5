package glimpse.collab.cli;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.data.Dataset;
import glimpse.collab.evaluate.EvaluationPlan;
import glimpse.collab.evaluate.ImageRow;
import glimpse.collab.evaluate.LinkRow;
import glimpse.collab.evaluate.LinkSummary;
import glimpse.collab.evaluate.ResultTable;
import glimpse.collab.evaluate.RunFolder;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.link.Link;
import glimpse.collab.link.Links;
import glimpse.collab.report.ConsoleTable;
import glimpse.collab.report.LinkFiles;
import glimpse.collab.report.LinkTable;
import glimpse.collab.report.TableFiles;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.engine.Workers;
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
            description = "How patches are scored: " + AttentionScore.FORM + "; mean unless given.")
    private List<String> scores = List.of("mean");

    @Option(
            names = "--select",
            split = ",",
            paramLabel = "SELECTION",
            description = "Which patches cross: " + PatchSelection.FORM + "; sum:0.97 unless given.")
    private List<String> selections = List.of("sum:0.97");

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            description = "When the edge's answer stands: " + OffloadGate.FORM
                    + "; min-entropy:0.8 unless given. May be" + " given several times.")
    private List<String> gates = List.of("min-entropy:0.8");

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            description = "How pixels cross: " + PayloadCodec.FORM + "; raw unless given.")
    private String codec = "raw";

    @Option(names = "--server-only", description = "Also run the server on whole images, for comparison.")
    private boolean serverOnly;

    @Option(
            names = "--link",
            split = ",",
            paramLabel = "LINK",
            description = "Also turn bytes into time on links: " + Links.FORM + ".")
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
                Choices.selectors(scores, selections), Choices.codecs(List.of(codec)), List.of(), serverOnly);
        List<OffloadGate> parsedGates = Choices.gates(gates);
        List<Link> parsedLinks = Choices.links(links);
        runOptions.check();
        pairOptions.check();
        try (Workers workers = threads.workers()) {
            PairOptions.Pair pair = pairOptions.load(workers);
            Choices.requireLayers(plan, pair.edge().transformer().config());
            Dataset images = dataOptions.images(pair.classes());
            try (RunFolder folder = runOptions.open(plan, pair, images)) {
                List<ImageRow> rows = runOptions.run(plan, pair, images, folder, spec);
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
