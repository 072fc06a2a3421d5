package glimpse.evaluation.calibration;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.List;
import java.util.Optional;

/**
 * The choice of a whole policy: an upload, the rule that ends it if it is in rounds, and a gate no looser than the
 * promise will allow. A promise must rest on images that had no part in this choice, on which the gate is fitted again.
 * Immutable.
 *
 * <p>Within a budget, the most accurate policy is chosen, and the cheapest of equally accurate ones; it leaves room for
 * a promise's gate that comes out stricter, and so sends more, than expected. Without a budget, the rule is chosen that
 * sends the least without making the answers worse, in all, than every round of the upload does.
 */
public final class PolicyChoice {
    private static final List<Optional<StopRule>> NO_RULE = List.of(Optional.empty());

    private final Outcomes outcomes;
    private final WrongShares shares;
    private final Optional<Budget> budget;

    /**
     * Prepares a choice.
     *
     * @param outcomes of all uploads to choose from
     * @param shares what the promise is expected to allow
     */
    public PolicyChoice(Outcomes outcomes, WrongShares shares, Optional<Budget> budget) {
        this.outcomes = outcomes;
        this.shares = shares;
        this.budget = budget;
    }

    /**
     * Chooses.
     *
     * @param uploads of which there are several only if there is a budget; at least one
     * @throws IllegalArgumentException if none is within the budget; says what the cheapest one needs
     */
    public OperatingPoint choose(List<Upload> uploads) {
        return budget.isPresent() ? mostAccurate(uploads, budget.get()) : cheapest(uploads.getFirst());
    }

    private OperatingPoint mostAccurate(List<Upload> uploads, Budget within) {
        BestWithin best = new BestWithin(within, shares);
        for (Upload upload : uploads) {
            for (Optional<StopRule> rule : rules(outcomes, upload)) {
                best.offer(upload, rule, outcomes.at(upload, rule));
            }
        }
        return best.point().orElseThrow(() -> new IllegalArgumentException(best.needs()));
    }

    private OperatingPoint cheapest(Upload upload) {
        Optional<PolicyOutcome> all = Optional.empty(); // every round, which comes first
        Optional<PolicyOutcome> least = Optional.empty();
        Optional<OperatingPoint> best = Optional.empty();
        for (Optional<StopRule> rule : rules(outcomes, upload)) {
            List<GatedImage> images = outcomes.at(upload, rule);
            OffloadGate gate = GateFit.loosest(shares.expected(), images);
            PolicyOutcome outcome = PolicyOutcome.of(gate, images, GatedImage::kept);
            if (least.isEmpty()
                    || (outcome.right() >= all.orElseThrow().right()
                            && outcome.spent() < least.get().spent())) {
                all = all.or(() -> Optional.of(outcome));
                least = Optional.of(outcome);
                best = Optional.of(new OperatingPoint(upload, gate, rule));
            }
        }
        return best.orElseThrow();
    }

    /** Returns the rules among which one is chosen for an upload; none but its absence for one that isn't in rounds. */
    static List<Optional<StopRule>> rules(Outcomes outcomes, Upload upload) {
        return upload.isInRounds()
                ? RuleCandidates.of(outcomes, upload).stream().map(Optional::of).toList()
                : NO_RULE;
    }
}
