package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.front.FrontSweep;
import glimpse.cli.front.ServerFolders;
import glimpse.cli.front.ServersOption.Server;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.cli.option.DataOptions;
import glimpse.cli.run.RowRunner.PairRun;
import glimpse.cli.run.RunOptions;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.erasure.ErasureAggregator;
import glimpse.evaluation.erasure.ErasureFiles;
import glimpse.evaluation.erasure.ErasureRow;
import glimpse.evaluation.erasure.ErasureTable;
import glimpse.evaluation.front.ServerRun;
import glimpse.evaluation.gallery.Gallery;
import glimpse.evaluation.gallery.GalleryFile;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.LinkAggregator;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.table.ConsoleTable;
import glimpse.evaluation.table.LinkFiles;
import glimpse.evaluation.table.LinkTable;
import glimpse.evaluation.table.TableFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Sweeps one server or several: the work of {@code glimpse sweep} once everything is checked and loaded.
 *
 * @param servers the servers, each with the same edge
 * @param plan what is evaluated
 * @param gates of the tables
 * @param rules that end rounds
 * @param links of the tables
 * @param given the operating point, if it was chosen before
 * @param margin how far below the server the operating point may be, as a share of the images
 * @param budgets the highest costs that it may have, the operating point's own first
 */
record SweepWork(
        List<Server> servers,
        EvaluationPlan plan,
        List<OffloadGate> gates,
        List<StopRule> rules,
        List<Link> links,
        Optional<ChosenPoint> given,
        double margin,
        List<Double> budgets,
        DataOptions data,
        FrontSweep front,
        RunOptions runOptions,
        boolean json,
        CommandSpec spec) {
    int run() throws IOException, InterruptedException {
        Pair first = servers.getFirst().pair();
        Dataset images = front.measured(data.images(first.classes()));
        Optional<Dataset> chooseOn = front.chosen(first.classes(), images);
        if (several()) {
            try (RunFolder folder = runOptions.openForServers();
                    ServerFolders folders = ServerFolders.open(servers, Server::name, runOptions, plan, images)) {
                return run(images, chooseOn, folders.runs(), folder);
            }
        }
        try (RunFolder folder = runOptions.open(plan, first, images)) {
            return run(images, chooseOn, List.of(new PairRun(first, folder)), folder);
        }
    }

    private boolean several() {
        return servers.size() > 1;
    }

    /**
     * Evaluates all servers in one pass over the images, so that the edge runs once for all of them.
     *
     * @param runs one per server
     * @param folder for the front
     */
    private int run(Dataset images, Optional<Dataset> chooseOn, List<PairRun> runs, RunFolder folder)
            throws IOException, InterruptedException {
        Optional<FrontSweep.Chosen> chosen = Optional.empty();
        if (chooseOn.isPresent()) {
            chosen = Optional.of(front.choose(servers, chooseOn.get()));
            if (chosen.get().rows().stream().anyMatch(SweepWork::noneEvaluated)) {
                return RunOptions.allFailed(chooseOn.get().size(), spec);
            }
        }
        if (several()) {
            front.say("evaluates " + data.description(images));
        }
        List<List<ImageResult>> rows = runOptions.run(plan, runs, images, spec);
        List<ServerRun> fronts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < servers.size(); i++) {
            int server = i;
            Optional<ChosenOn> chosenOn =
                    chosen.map(some -> new ChosenOn(some.rows().get(server), some.images()));
            write(images, runs.get(i), rows.get(i), chosenOn, text.append(title(i)));
            if (noneEvaluated(rows.get(i))) {
                return RunOptions.allFailed(rows.get(i).size(), spec);
            }
            chosenOn.ifPresent(
                    some -> fronts.add(new ServerRun(servers.get(server).name(), plan, some.rows(), rows.get(server))));
        }
        if (chosen.isPresent()) {
            int patches =
                    servers.getFirst().pair().edge().transformer().config().patches();
            text.setLength(0);
            text.append(front.finish(
                    fronts, patches, data.description(images), chosen.get().images(), folder, json));
        }
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    /** The images that a server's points are chosen on: their rows, and what they are in words. */
    private record ChosenOn(List<ImageResult> rows, String images) {}

    private static boolean noneEvaluated(List<ImageResult> rows) {
        return rows.stream().noneMatch(ImageResult.Evaluated.class::isInstance);
    }

    /** Returns what stands above a server's tables. */
    private String title(int server) {
        return several()
                ? (server == 0 ? "" : "\n") + "Server " + servers.get(server).name() + ":\n"
                : "";
    }

    /**
     * Writes the files of a server's run.
     *
     * @param text takes its tables
     */
    private void write(
            Dataset images, PairRun run, List<ImageResult> rows, Optional<ChosenOn> chosenOn, StringBuilder text)
            throws IOException {
        Pair pair = run.pair();
        RunFolder folder = run.folder();
        ResultTable table = pair.aggregator(rows, plan).table(gates, rules);
        TableFiles.write(table, folder);
        if (table.images() == 0) {
            return;
        }
        ChosenPoint point = given.orElseGet(() -> chosenOn.map(
                        some -> point(pair.aggregator(some.rows(), plan).table(gates, rules), some.images()))
                .orElseGet(() -> point(table, data.description(images))));
        List<LinkRow> linkRows = new LinkAggregator(rows, plan).rows(table, links);
        List<ErasureRow> erasureRows = new ErasureAggregator(rows, plan).rows(table);
        LinkFiles.write(linkRows, folder);
        ErasureFiles.write(erasureRows, folder);
        point.write(folder.file(ChosenPoint.FILE));
        text.append(text(table, linkRows, erasureRows, point));
        Optional<TableRow> row = table.row(point.point());
        if (row.isPresent()) {
            Gallery gallery = new Gallery(pair.edge(), images, pair.classes());
            GalleryFile.write(gallery.of(rows, plan, row.get()), folder.file(GalleryFile.NAME));
        }
    }

    private ChosenPoint point(ResultTable table, String images) {
        return ChosenPoint.of(table, margin, budgets, images);
    }

    private String text(ResultTable table, List<LinkRow> linkRows, List<ErasureRow> erasureRows, ChosenPoint point) {
        if (json) {
            return TableFiles.json(table);
        }
        return ConsoleTable.ofSweep(table, point)
                + LinkTable.of(linkRows.stream()
                        .filter(row -> isShown(row.point(), point))
                        .toList())
                + ErasureTable.of(erasureRows.stream()
                        .filter(row -> isShown(row.complete().point(), point))
                        .toList())
                + ConsoleTable.conclusion(table, point);
    }

    /** Returns whether a point is the chosen one, or one of its comparisons. */
    private static boolean isShown(OperatingPoint point, ChosenPoint chosen) {
        return point.equals(chosen.point())
                || (point.upload() instanceof Upload.WholeFile
                        && !point.upload().isInRounds());
    }
}
