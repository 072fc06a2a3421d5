package glimpse.collab.cli;

import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.data.ClassIndex;
import glimpse.collab.data.Dataset;
import glimpse.collab.data.ImageFolder;
import glimpse.collab.evaluate.Evaluation;
import glimpse.collab.evaluate.EvaluationPlan;
import glimpse.collab.evaluate.Fingerprint;
import glimpse.collab.evaluate.FirstImages;
import glimpse.collab.evaluate.ImageRow;
import glimpse.collab.evaluate.ResultTable;
import glimpse.collab.evaluate.RunFolder;
import glimpse.collab.evaluate.Selector;
import glimpse.collab.evaluate.Sha256;
import glimpse.collab.evaluate.Summary;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Model;
import glimpse.collab.node.ServerNode;
import glimpse.collab.report.ConsoleTable;
import glimpse.collab.report.TableFiles;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--edge", required = true, paramLabel = "FILE", description = "The edge's model.")
    @SuppressWarnings("NullAway.Init")
    private Path edgeFile;

    @Option(names = "--server", required = true, paramLabel = "FILE", description = "The server's model.")
    @SuppressWarnings("NullAway.Init")
    private Path serverFile;

    @Option(
            names = "--images",
            required = true,
            paramLabel = "DIR",
            description =
                    "Images in a folder for each class, named by WordNet id or class name; or flat, with --labels.")
    @SuppressWarnings("NullAway.Init")
    private Path imagesFolder;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Labels of a flat folder: a line an image, file name and class.")
    private @Nullable Path labelsFile;

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

    @Option(names = "--limit", paramLabel = "N", description = "Take the first N images alone.")
    private @Nullable Integer limit;

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Option(names = "--batch", paramLabel = "N", hidden = true, description = "Images run together.")
    private int batch = 8;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the results.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--fresh", description = "Drop results of another evaluation in OUT; otherwise they are an error.")
    private boolean fresh;

    @Option(names = "--json", description = "Print the table as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        EvaluationPlan plan = plan();
        List<OffloadGate> parsedGates = gates();
        if (batch < 1) {
            throw new UsageException("--batch " + batch + " is not usable, expected 1 or more");
        }
        InputFiles.require("--edge", edgeFile);
        InputFiles.require("--server", serverFile);
        try (Workers workers = threads.workers()) {
            Model edge = Model.load(edgeFile, workers);
            Model server = Files.isSameFile(edgeFile, serverFile) ? edge : Model.load(serverFile, workers);
            requireFit(edge.transformer().config(), server.transformer().config());
            requireLayers(plan, edge.transformer().config());
            Dataset images = images(ModelClasses.of(edgeFile, edge));
            try (RunFolder folder = RunFolder.open(out, fingerprint(plan, images), fresh);
                    InProcessChannel channel = new InProcessChannel(new ServerNode(server))) {
                List<ImageRow> rows;
                try (Progress progress = Progress.of(spec)) {
                    rows = new Evaluation(edge, channel, plan, batch).run(images, folder, progress);
                }
                int patches = edge.transformer().config().patches();
                ResultTable table = new Summary(rows, plan, patches, edge.rawBytes()).table(parsedGates);
                TableFiles.write(table, folder);
                spec.commandLine().getOut().print(json ? TableFiles.json(table) : ConsoleTable.of(table));
                spec.commandLine().getOut().flush();
                return table.images() > 0 ? 0 : noImage(table.failed());
            }
        }
    }

    private int noImage(int failed) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": all " + failed + " images failed");
        return ErrorLines.FAILED;
    }

    private EvaluationPlan plan() {
        List<Selector> selectors = new ArrayList<>();
        for (String score : scores) {
            for (String selection : selections) {
                selectors.add(new Selector(
                        Parsed.option("--score", score, AttentionScore::parse),
                        Parsed.option("--select", selection, PatchSelection::parse)));
            }
        }
        return new EvaluationPlan(selectors, serverOnly, Parsed.option("--codec", codec, PayloadCodec::parse));
    }

    private List<OffloadGate> gates() {
        Set<OffloadGate> all = new LinkedHashSet<>();
        for (String gate : gates) {
            all.addAll(Parsed.option("--gate", gate, OffloadGate::parse));
        }
        return List.copyOf(all);
    }

    private static void requireFit(VitConfig edge, VitConfig server) {
        requireSame("image size", edge.imageSize(), server.imageSize());
        requireSame("patch size", edge.patchSize(), server.patchSize());
        requireSame("number of channels", edge.channels(), server.channels());
        requireSame("number of classes", edge.classes(), server.classes());
    }

    private static void requireSame(String what, int edge, int server) {
        if (edge != server) {
            throw new UsageException("--edge and --server don't fit: the " + what + " is " + edge + " and " + server);
        }
    }

    private static void requireLayers(EvaluationPlan plan, VitConfig config) {
        for (Selector selector : plan.selectors()) {
            Parsed.option(
                    "--score", selector.score().spec(), text -> selector.score().capture(config));
        }
    }

    private Dataset images(ClassIndex classes) throws IOException {
        Dataset all = labelsFile == null
                ? ImageFolder.ofClassFolders(imagesFolder, classes)
                : ImageFolder.withLabels(imagesFolder, labelsFile, classes);
        if (limit == null) {
            return all;
        }
        if (limit < 1) {
            throw new UsageException("--limit " + limit + " is not usable, expected 1 or more");
        }
        return new FirstImages(all, Math.min(limit, all.size()));
    }

    private Fingerprint fingerprint(EvaluationPlan plan, Dataset images) throws IOException {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("format", "1");
        values.put("edge_sha256", Sha256.ofFile(edgeFile));
        values.put("server_sha256", Sha256.ofFile(serverFile));
        values.put("images", Integer.toString(images.size()));
        values.put("images_sha256", Sha256.ofListing(images));
        values.put("codec", plan.codec().spec());
        values.put("server_only", Boolean.toString(plan.serverWhole()));
        values.put(
                "selections",
                String.join(" ", plan.selectors().stream().map(Selector::spec).toList()));
        return new Fingerprint(values);
    }
}
