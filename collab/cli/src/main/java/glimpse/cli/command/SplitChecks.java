package glimpse.cli.command;

import glimpse.cli.error.UsageException;
import glimpse.cli.file.InputFiles;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.collab.audit.Audit;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.CollaborativeResult;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.spec.SpecText;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.calibration.Promise;
import glimpse.evaluation.calibration.SplitCheck;
import glimpse.evaluation.listing.ImageListing;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows how a promise fares on random divisions of the calibration set: {@code glimpse calibrate --check-splits}. */
record SplitChecks(Optional<Integer> splits, Optional<Path> drift, Audit audit) {
    private static final long SEED = 0;

    /**
     * Returns the check's lines; none if it wasn't asked for. Upload and rule stay as they are, and each split fits a
     * gate.
     */
    String lines(Promise promise, List<GatedImage> images, OperatingPoint point, Pair pair) throws IOException {
        if (splits.isEmpty()) {
            return "";
        }
        List<GatedImage> other = drift.isPresent() ? other(drift.get(), point, pair) : List.of();
        SplitCheck check;
        try {
            check = SplitCheck.of(promise, images, other, audit, splits.get(), SEED);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--check-splits: each half of the images: " + e.getMessage());
        }
        StringBuilder lines = new StringBuilder(String.format(
                Locale.ROOT,
                """
                %d random splits into halves of %d images: the other half's risk was above %s %% in %d (%.1f %%), on average %.2f %%
                As many sets drawn from all %d images with replacement: their risk was above it in %d (%.1f %%)
                """,
                check.splits(),
                check.images(),
                SpecText.percent(promise.risk()),
                check.exceeded(),
                100.0 * check.exceeded() / check.splits(),
                100 * check.meanRisk(),
                images.size(),
                check.exceededOnAll(),
                100.0 * check.exceededOnAll() / check.splits()));
        lines.append(String.format(
                Locale.ROOT,
                "The drift alarm (audit %s %%) was raised without a change in %d (%.1f %%)%n",
                SpecText.percent(audit.share()),
                check.alarms(),
                100.0 * check.alarms() / check.splits()));
        if (!other.isEmpty()) {
            lines.append(String.format(
                    Locale.ROOT,
                    "and on the %d images of %s in %d of the other %d: after %d images in half of them, at most %d%n",
                    other.size(),
                    drift.orElseThrow().getFileName(),
                    check.caught(),
                    check.splits() - check.alarms(),
                    check.caughtAfter(0.5),
                    check.caughtAfter(1)));
        }
        return lines.toString();
    }

    /** Runs edge and server on images without classes. Those that can't be read are passed over. */
    private static List<GatedImage> other(Path folder, OperatingPoint point, Pair pair) throws IOException {
        if (!(point.upload() instanceof Upload.Patches patches)) {
            throw new IllegalStateException(point.spec());
        }
        EdgeStep step =
                new EdgeStep(OffloadGate.always(), patches.policy(), patches.payloadCodec(), point.until(), Audit.NONE);
        List<GatedImage> images = new ArrayList<>();
        try (InProcessChannel channel = new InProcessChannel(new ServerNode(pair.server()))) {
            EdgeNode edge = new EdgeNode(pair.edge(), step, channel);
            for (ImageListing.ImageFile file : ImageListing.of(folder).files()) {
                try {
                    CollaborativeResult result = edge.classify(InputFiles.readImage(file.path()), file.name());
                    boolean agree =
                            !new CollaborativeResult.Audited(result).disagrees().orElse(true);
                    images.add(new GatedImage(file.name(), Confidence.of(result.edge()), false, false, agree, 0, 0));
                } catch (IOException | IllegalArgumentException e) {
                    // an edge at work would say so and go on
                }
            }
        }
        if (images.isEmpty()) {
            throw new UsageException("--check-drift " + folder + ": no image can be read");
        }
        return images;
    }
}
