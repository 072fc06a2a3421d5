package glimpse.evaluation.calibration;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.List;
import java.util.Optional;

/**
 * The most accurate policy within a budget among those that are offered, and the cheapest of equally accurate ones: of
 * those that keep the budget even with the gate that a cautious share allows; if there are none, of those that keep it
 * with the expected gate. Not thread-safe.
 */
final class BestWithin {
    private final Budget budget;
    private final WrongShares shares;
    private Optional<Candidate> cautious = Optional.empty();
    private Optional<Candidate> expected = Optional.empty();
    private Optional<Candidate> cheapest = Optional.empty(); // of those that exceed it, at the loosest gate

    BestWithin(Budget budget, WrongShares shares) {
        this.budget = budget;
        this.shares = shares;
    }

    /** What a policy does to the images that it is chosen on. */
    private record Candidate(OperatingPoint point, PolicyOutcome outcome) {}

    /**
     * Offers an upload, with a rule that ends it if it is in rounds, and with all gates.
     *
     * @param images what becomes of the images to choose on if they are offloaded
     */
    void offer(Upload upload, Optional<StopRule> rule, List<GatedImage> images) {
        cautious = better(cautious, within(shares.cautious(), upload, rule, images));
        Optional<Candidate> within = within(shares.expected(), upload, rule, images);
        expected = better(expected, within);
        if (within.isEmpty()) {
            OffloadGate loosest = GateFit.loosest(shares.expected(), images);
            Candidate least = candidate(new OperatingPoint(upload, loosest, rule), images);
            cheapest = cheapest.filter(
                            other -> other.outcome().spent() <= least.outcome().spent())
                    .or(() -> Optional.of(least));
        }
    }

    private Optional<Candidate> within(double share, Upload upload, Optional<StopRule> rule, List<GatedImage> images) {
        return GateFit.withinBudget(GateFit.loosest(share, images), budget, images)
                .map(gate -> candidate(new OperatingPoint(upload, gate, rule), images));
    }

    private static Optional<Candidate> better(Optional<Candidate> one, Optional<Candidate> other) {
        return one.filter(before -> other.filter(next -> next.outcome().betterThan(before.outcome()))
                        .isEmpty())
                .or(() -> other);
    }

    private Candidate candidate(OperatingPoint point, List<GatedImage> images) {
        return new Candidate(point, PolicyOutcome.of(point.gate(), images, budget::spent));
    }

    /** Returns the best policy; empty if none is within the budget. */
    Optional<OperatingPoint> point() {
        return cautious.or(() -> expected).map(Candidate::point);
    }

    /** Says what the cheapest policy needs, if none is within the budget, as one line. */
    String needs() {
        Candidate least = cheapest.orElseThrow();
        return budget.exceeded(
                least.outcome().spent(), least.outcome().images(), least.point().upload());
    }
}
