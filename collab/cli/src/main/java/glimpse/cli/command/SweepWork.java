package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.front.FrontSweep;
import glimpse.cli.front.ServersOption.Server;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.cli.option.DataOptions;
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
import glimpse.evaluation.report.ConsoleTable;
import glimpse.evaluation.report.LinkFiles;
import glimpse.evaluation.report.LinkTable;
import glimpse.evaluation.report.TableFiles;
import glimpse.evaluation.run.ImageResult;
import glimpse.evaluation.run.RunFolder;
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
        if (servers.size() == 1) {
            try (RunFolder folder = runOptions.open(plan, first, images)) {
                return run(images, chooseOn, folder);
            }
        }
        try (RunFolder folder = runOptions.openForServers()) {
            return run(images, chooseOn, folder);
        }
    }

    private int run(Dataset images, Optional<Dataset> chooseOn, RunFolder folder)
            throws IOException, InterruptedException {
        List<ServerRun> runs = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String chosenOn = "";
        for (Server server : servers) {
            Optional<FrontSweep.Chosen> chosen = Optional.empty();
            if (chooseOn.isPresent()) {
                chosen = Optional.of(front.choose(server, several(), chooseOn.get()));
                chosenOn = chosen.get().images();
                if (noneEvaluated(chosen.get().rows())) {
                    return RunOptions.allFailed(chosen.get().rows().size(), spec);
                }
            }
            List<ImageResult> rows =
                    several() ? ofSeveral(server, images, chosen, text) : one(server, images, chosen, folder, text);
            if (noneEvaluated(rows)) {
                return RunOptions.allFailed(rows.size(), spec);
            }
            chosen.ifPresent(some -> runs.add(new ServerRun(server.name(), plan, some.rows(), rows)));
        }
        if (chooseOn.isPresent()) {
            int patches =
                    servers.getFirst().pair().edge().transformer().config().patches();
            text.setLength(0);
            text.append(front.finish(runs, patches, data.description(images), chosenOn, folder, json));
        }
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private static boolean noneEvaluated(List<ImageResult> rows) {
        return rows.stream().noneMatch(ImageResult.Evaluated.class::isInstance);
    }

    private boolean several() {
        return servers.size() > 1;
    }

    private List<ImageResult> ofSeveral(
            Server server, Dataset images, Optional<FrontSweep.Chosen> chosen, StringBuilder text)
            throws IOException, InterruptedException {
        front.say(server.name() + ": evaluates " + data.description(images));
        text.append(text.isEmpty() ? "" : "\n")
                .append("Server ")
                .append(server.name())
                .append(":\n");
        try (RunFolder own = runOptions.open(server.name(), plan, server.pair(), images)) {
            return one(server, images, chosen, own, text);
        }
    }

    /** Sweeps a server, writes its files and returns its rows. */
    private List<ImageResult> one(
            Server server, Dataset images, Optional<FrontSweep.Chosen> chosen, RunFolder folder, StringBuilder text)
            throws IOException, InterruptedException {
        Pair pair = server.pair();
        List<ImageResult> rows = runOptions.run(plan, pair, images, folder, spec);
        ResultTable table = pair.aggregator(rows, plan).table(gates, rules);
        TableFiles.write(table, folder);
        if (table.images() == 0) {
            return rows;
        }
        ChosenPoint point = given.orElseGet(() -> chosen.map(
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
        return rows;
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
