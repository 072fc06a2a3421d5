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
 * <p>Within a budget, the most accurate policy is chosen, and the cheapest of equally accurate ones. Without one, the
 * rule is chosen that sends the least without making the answers worse, in all, than every round of the upload does.
 */
public final class PolicyChoice {
    private static final List<Optional<StopRule>> NO_RULE = List.of(Optional.empty());

    private final Outcomes outcomes;
    private final double wrongShare;
    private final Optional<Budget> budget;

    /**
     * Prepares a choice.
     *
     * @param outcomes of all uploads to choose from
     * @param wrongShare the share of all images that the gate may let pass though the edge is wrong and the server
     *     right
     */
    public PolicyChoice(Outcomes outcomes, double wrongShare, Optional<Budget> budget) {
        this.outcomes = outcomes;
        this.wrongShare = wrongShare;
        this.budget = budget;
    }

    /** What a policy does to the images that it is chosen on. */
    private record Candidate(OperatingPoint point, int right, long spent) {
        boolean betterThan(Candidate other) {
            return right > other.right || (right == other.right && spent < other.spent);
        }
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
        Optional<Candidate> best = Optional.empty();
        Optional<Candidate> cheapest = Optional.empty(); // of those at the loosest gate
        for (Upload upload : uploads) {
            for (Optional<StopRule> rule : rules(upload)) {
                List<GatedImage> images = outcomes.at(upload, rule);
                OffloadGate loosest = GateFit.loosest(wrongShare, images);
                Optional<OffloadGate> gate = GateFit.withinBudget(loosest, within, images);
                if (gate.isPresent()) {
                    Candidate candidate = candidate(new OperatingPoint(upload, gate.get(), rule), images);
                    best = best.filter(other -> !candidate.betterThan(other)).or(() -> Optional.of(candidate));
                } else {
                    Candidate least = candidate(new OperatingPoint(upload, loosest, rule), images);
                    cheapest = cheapest.filter(other -> other.spent() <= least.spent())
                            .or(() -> Optional.of(least));
                }
            }
        }
        if (best.isEmpty()) {
            Candidate least = cheapest.orElseThrow();
            throw new IllegalArgumentException("the loosest gate that keeps the promise needs "
                    + within.shown(least.spent(), outcomes.images().size()) + " per image with "
                    + least.point().upload().spec() + ", expected at most " + within.spec());
        }
        return best.get().point();
    }

    private OperatingPoint cheapest(Upload upload) {
        Optional<Candidate> all = Optional.empty(); // every round, which comes first
        Optional<Candidate> best = Optional.empty();
        for (Optional<StopRule> rule : rules(upload)) {
            List<GatedImage> images = outcomes.at(upload, rule);
            OperatingPoint point = new OperatingPoint(upload, GateFit.loosest(wrongShare, images), rule);
            Candidate candidate = candidate(point, images);
            if (all.isEmpty()) {
                all = Optional.of(candidate);
                best = all;
            } else if (candidate.right() >= all.get().right()
                    && candidate.spent() < best.orElseThrow().spent()) {
                best = Optional.of(candidate);
            }
        }
        return best.orElseThrow().point();
    }

    private List<Optional<StopRule>> rules(Upload upload) {
        return upload.isInRounds()
                ? RuleCandidates.of(outcomes, upload).stream().map(Optional::of).toList()
                : NO_RULE;
    }

    private Candidate candidate(OperatingPoint point, List<GatedImage> images) {
        int right = 0;
        long spent = 0;
        for (GatedImage image : images) {
            boolean confident = point.gate().confident(image.confidence());
            right += (confident ? image.edgeRight() : image.serverRight()) ? 1 : 0;
            spent += confident ? 0 : budget.map(one -> one.spent(image)).orElse((long) image.kept());
        }
        return new Candidate(point, right, spent);
    }
}
