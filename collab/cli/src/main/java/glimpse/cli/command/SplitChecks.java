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
import glimpse.evaluation.calibration.Budget;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.calibration.Outcomes;
import glimpse.evaluation.calibration.PolicyOutcome;
import glimpse.evaluation.calibration.Promise;
import glimpse.evaluation.calibration.RoundsComparison;
import glimpse.evaluation.calibration.SplitCheck;
import glimpse.evaluation.calibration.WrongShares;
import glimpse.evaluation.listing.ImageListing;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows what random divisions of the calibration set say: {@code glimpse calibrate --check-splits}.
 *
 * @param splits how often it is divided, if at all
 * @param drift images of another kind
 * @param audit for the drift alarm
 * @param budgets at which rounds are compared with one message
 */
record SplitChecks(Optional<Integer> splits, Optional<Path> drift, Audit audit, List<Budget> budgets) {
    private static final long SEED = 0;

    SplitChecks {
        budgets = List.copyOf(budgets);
    }

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

    /**
     * Returns lines that compare rounds with one message; none if that wasn't asked for.
     *
     * @param outcomes of all uploads, on the images that a policy is chosen on
     * @param shares what the promise is expected to allow
     */
    String comparison(Outcomes outcomes, WrongShares shares, List<Upload> uploads) {
        int images = outcomes.images().size();
        if (budgets.isEmpty() || images < 2) {
            return "";
        }
        int measured = images / 2;
        StringBuilder lines = new StringBuilder(String.format(
                Locale.ROOT,
                "Rounds against one message, chosen on %d images, measured on %d others, %d random splits:%n",
                images - measured,
                measured,
                splits.orElseThrow()));
        for (RoundsComparison one :
                RoundsComparison.of(outcomes, shares, uploads, budgets, splits.orElseThrow(), SEED)) {
            lines.append("Budget ").append(one.budget().spec()).append(": ").append(compared(one));
        }
        return lines.toString();
    }

    private static String compared(RoundsComparison one) {
        if (one.compared() == 0) {
            return String.format(Locale.ROOT, "not even the cheapest of both kinds keep it%n");
        }
        return String.format(
                Locale.ROOT,
                "one message top-1 %.4f with %s, rounds %.4f with %s, %+.2f points (in 95 %% of %s %+.2f to %+.2f)%n",
                one.oneMessage().top1(),
                spent(one, one.oneMessage()),
                one.rounds().top1(),
                spent(one, one.rounds()),
                100 * one.difference(),
                one.compared() == one.splits()
                        ? "the splits"
                        : "the " + one.compared() + " splits in which both keep it",
                100 * one.low(),
                100 * one.high());
    }

    private static String spent(RoundsComparison comparison, PolicyOutcome outcome) {
        return comparison.budget().shown(outcome.spent(), outcome.images());
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
