package glimpse.collab.audit;

import java.util.Locale;
import java.util.Optional;

/**
 * Watches an edge at work and says when its images are no longer like those that the gate's promise was calibrated on,
 * so that the promise no longer holds. It compares two rates with those of calibration: how often the server disagrees
 * with audited confident predictions, and how many images are confident at all. On images that are like them, whatever
 * their number, the probability of an alarm is at most {@value #FALSE_ALARMS}. Safe for use by several threads.
 */
public final class DriftAlarm {
    /** The highest probability of an alarm without a cause. */
    public static final double FALSE_ALARMS = 0.05;

    /** What {@link ExpectedRates}' two bounds leave of {@link #FALSE_ALARMS}. */
    private static final double LEFT = FALSE_ALARMS - 0.01;

    private final RateTest disagreement; // guarded by this
    private final RateTest confidentShare; // guarded by this
    private Optional<String> raised = Optional.empty(); // guarded by this

    /** Starts to watch. */
    public DriftAlarm(ExpectedRates expected) {
        disagreement = expected.disagreement();
        confidentShare = expected.confidentShare();
    }

    /**
     * Takes an image that the edge has classified.
     *
     * @param confident whether the gate let the edge's prediction stand
     * @param disagrees whether the server predicts another class; empty unless the image is confident, was audited and
     *     got an answer
     * @return why the alarm is raised, as one line, if this image raises it
     */
    public synchronized Optional<String> add(boolean confident, Optional<Boolean> disagrees) {
        confidentShare.add(confident);
        disagrees.ifPresent(disagreement::add);
        return check();
    }

    /** Returns why the alarm was raised, as one line; empty if it wasn't. It stays raised. */
    public synchronized Optional<String> raised() {
        return raised;
    }

    private Optional<String> check() {
        double mostAudits = disagreement.logEvidence();
        double mostShare = confidentShare.logEvidence();
        double most = Math.max(mostAudits, mostShare);
        // the mean of two e-values is an e-value, however they depend on each other
        double logMean = most + Math.log((Math.exp(mostAudits - most) + Math.exp(mostShare - most)) / 2);
        if (raised.isPresent() || logMean < -Math.log(LEFT)) {
            return Optional.empty();
        }
        raised = Optional.of(mostAudits >= mostShare ? ofAudits() : ofShare());
        return raised;
    }

    private String ofAudits() {
        return String.format(
                Locale.ROOT,
                "the server disagrees with %.1f %% of %d audited confident images, at most %.1f %% were expected",
                100 * disagreement.rate(),
                disagreement.count(),
                100 * disagreement.high());
    }

    private String ofShare() {
        return String.format(
                Locale.ROOT,
                "%.1f %% of %d images are confident, %.1f to %.1f %% were expected",
                100 * confidentShare.rate(),
                confidentShare.count(),
                100 * confidentShare.low(),
                100 * confidentShare.high());
    }
}
