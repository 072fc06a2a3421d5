package glimpse.evaluation.metrics;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes the table of results from a run's rows. Immutable. */
public final class ResultAggregator {
    private static final List<Optional<StopRule>> NO_RULE = List.of(Optional.empty());

    private final List<Evaluated> images;
    private final int failed;
    private final EvaluationPlan plan;
    private final int patches;
    private final long rawBytes;

    /**
     * Creates an aggregator.
     *
     * @param rows one per image, in which the server's results are those of the plan
     * @param plan the run's plan
     * @param patches number of patches of a whole image
     * @param rawBytes length of a request with a whole uncompressed image
     */
    public ResultAggregator(List<ImageResult> rows, EvaluationPlan plan, int patches, long rawBytes) {
        this.images = ImageResult.evaluated(rows);
        this.failed = rows.size() - images.size();
        this.plan = plan;
        this.patches = patches;
        this.rawBytes = rawBytes;
    }

    /** Returns the table of every upload with every gate; no upload is in rounds. */
    public ResultTable table(List<OffloadGate> gates) {
        return table(gates, List.of());
    }

    /**
     * Returns the table of every upload with every gate.
     *
     * @param rules combined with the uploads in rounds
     */
    public ResultTable table(List<OffloadGate> gates, List<StopRule> rules) {
        AccuracyTally edge = new AccuracyTally();
        images.forEach(image -> edge.add(image.label(), image.edgeTop()));
        List<TableRow> rows = new ArrayList<>();
        for (Upload upload : plan.uploads()) {
            // a device that sends whole files has no gate: it sends them all
            List<OffloadGate> applied = upload instanceof Upload.WholeFile ? List.of(new OffloadGate.Always()) : gates;
            for (Optional<StopRule> rule : upload.isInRounds() ? each(rules) : NO_RULE) {
                OperatingPoint ungated = new OperatingPoint(upload, new OffloadGate.Always(), rule);
                Accuracy server = server(new UploadResults(plan, ungated));
                for (OffloadGate gate : applied) {
                    rows.add(row(ungated.with(gate), server));
                }
            }
        }
        OperatingPoint allWhole = new OperatingPoint(Upload.WHOLE, new OffloadGate.Always());
        Optional<Accuracy> whole =
                plan.serverBaseline() ? Optional.of(server(new UploadResults(plan, allWhole))) : Optional.empty();
        return new ResultTable(images.size(), failed, edge.accuracy(), whole, rows);
    }

    private static List<Optional<StopRule>> each(List<StopRule> rules) {
        return rules.stream().map(Optional::of).toList();
    }

    /** Returns the server's accuracy over all images; NaN if it wasn't asked about some. */
    private Accuracy server(UploadResults results) {
        if (images.stream().anyMatch(image -> image.serverResults().isEmpty())) {
            return Accuracy.UNKNOWN;
        }
        AccuracyTally tally = new AccuracyTally();
        images.forEach(image -> tally.add(image.label(), results.result(image).top()));
        return tally.accuracy();
    }

    private TableRow row(OperatingPoint point, Accuracy onKept) {
        UploadResults results = new UploadResults(plan, point);
        AccuracyTally collaborative = new AccuracyTally();
        OffloadTally offloaded = new OffloadTally();
        long allFileBytes = 0;
        for (Evaluated image : images) {
            boolean confident = results.confident(image);
            allFileBytes += image.fileBytes().orElse(0);
            if (confident) {
                collaborative.add(image.label(), image.edgeTop());
            } else {
                ServerResult server = results.result(image);
                collaborative.add(image.label(), server.top());
                offloaded.add(
                        server,
                        results.exchanges(image).size(),
                        image.fileBytes().orElse(0));
            }
        }
        double share = images.isEmpty() ? 0 : (double) offloaded.images / images.size();
        return new TableRow(
                point,
                images.size() - offloaded.images,
                point.until().isEmpty() ? 1 : (double) offloaded.exchanges / offloaded.images,
                (double) offloaded.kept / offloaded.images,
                offloaded.lowestScores / offloaded.imagesThatKept,
                offloaded.sumsOfScores / offloaded.images,
                offloaded.images == 0 ? 0 : share * offloaded.kept / offloaded.images / patches,
                collaborative.accuracy(),
                onKept,
                communication(offloaded, allFileBytes));
    }

    private Communication communication(OffloadTally offloaded, long allFileBytes) {
        double all = images.size();
        double some = offloaded.images;
        return new Communication(
                offloaded.upBytes / all,
                offloaded.downBytes / all,
                offloaded.upBytes / some,
                offloaded.downBytes / some,
                offloaded.upBytes / all / rawBytes,
                offloaded.upBytes / some / rawBytes,
                allFileBytes == 0 ? Double.NaN : (double) offloaded.upBytes / allFileBytes,
                offloaded.fileBytes == 0 ? Double.NaN : (double) offloaded.upBytes / offloaded.fileBytes);
    }

    /** Sums over the offloaded images. */
    private static final class OffloadTally {
        private int images;
        private int imagesThatKept;
        private long exchanges;
        private long kept;
        private double lowestScores;
        private double sumsOfScores;
        private long upBytes;
        private long downBytes;
        private long fileBytes;

        void add(ServerResult result, int requests, long bytesOfFile) {
            images++;
            exchanges += requests;
            kept += result.kept();
            if (result.kept() > 0) {
                imagesThatKept++;
                lowestScores += result.lowestScore();
            }
            sumsOfScores += result.sumOfScores();
            upBytes += result.upBytes();
            downBytes += result.downBytes();
            fileBytes += bytesOfFile;
        }
    }
}
