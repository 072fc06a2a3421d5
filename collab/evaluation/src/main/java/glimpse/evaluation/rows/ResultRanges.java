package glimpse.evaluation.rows;

import glimpse.collab.codec.PredictionReply;
import glimpse.collab.gate.Confidence;
import glimpse.collab.node.Classifier;
import glimpse.engine.VitConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The values that results of a pair of models can have. A stored row with any other isn't one that an evaluation wrote.
 *
 * @param classes number of classes of both models
 * @param patches number of patches of an image
 * @param validClasses those among which the models predict; empty for all
 */
record ResultRanges(int classes, int patches, Set<Integer> validClasses) {
    private static final double LN_2 = Math.log(2);

    /** Copies the valid classes. */
    ResultRanges {
        validClasses = Set.copyOf(validClasses);
    }

    ResultRanges(int classes, int patches) {
        this(classes, patches, Set.of());
    }

    static ResultRanges of(Classifier model) {
        VitConfig config = model.transformer().config();
        return new ResultRanges(config.classes(), config.patches(), Set.copyOf(model.validClasses()));
    }

    boolean contain(ImageResult row) {
        return row.index() >= 0
                && switch (row) {
                    case ImageResult.Failed failed -> !failed.reason().isEmpty();
                    case ImageResult.Evaluated evaluated -> contain(evaluated);
                };
    }

    private boolean contain(ImageResult.Evaluated row) {
        return row.fileBytes().orElse(0) >= 0
                && contain(row.edgeTop())
                && contain(row.confidence())
                && row.serverResults().stream().allMatch(this::contain);
    }

    private boolean contain(ServerResult result) {
        boolean scores = result.kept() == 0
                ? Float.isNaN(result.lowestScore()) && result.sumOfScores() == 0
                : Float.isFinite(result.lowestScore()) && Float.isFinite(result.sumOfScores());
        boolean inRounds = !Double.isNaN(result.margin());
        boolean nothingSent = inRounds && result.upBytes() == 0 && result.downBytes() == 0;
        boolean noReply = result.delivery().isPresent() && result.upBytes() > 0 && result.downBytes() == 0;
        return result.kept() >= 0
                && result.kept() <= patches
                && scores
                && (nothingSent || noReply || (result.upBytes() > 0 && result.downBytes() > 0))
                && result.delivery().stream().allMatch(this::contain)
                && contain(result.top())
                && isEntropy(result.minEntropyBits())
                && (!inRounds || isShare(result.margin()));
    }

    private boolean contain(Delivery delivery) {
        return delivery.packets() > 0
                && delivery.lostPackets() >= 0
                && delivery.lostPackets() <= delivery.packets()
                && delivery.received() >= 0
                && delivery.received() <= patches;
    }

    private boolean contain(Confidence confidence) {
        return isEntropy(confidence.minEntropyBits())
                && isEntropy(confidence.shannonBits())
                && isShare(confidence.margin());
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    private boolean contain(List<Integer> top) {
        return top.size() == Math.min(predicted(), PredictionReply.TOP_CLASSES)
                && new HashSet<>(top).size() == top.size()
                && top.stream().allMatch(this::contain);
    }

    private boolean contain(int index) {
        return validClasses.isEmpty() ? index >= 0 && index < classes : validClasses.contains(index);
    }

    private int predicted() {
        return validClasses.isEmpty() ? classes : validClasses.size();
    }

    /** No entropy exceeds that of equal probabilities, but for rounding. */
    private boolean isEntropy(double bits) {
        return bits >= 0 && bits <= Math.log(predicted()) / LN_2 + 1e-3;
    }
}
