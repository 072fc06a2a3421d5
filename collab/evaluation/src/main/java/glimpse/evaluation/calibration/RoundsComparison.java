package glimpse.evaluation.calibration;

import glimpse.collab.gate.StopRule;
import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rounds against one message within a budget, from answers that are there already. The images are divided at random
 * again and again; on one half the best policy of each kind is chosen, and the other half measures both. Immutable.
 *
 * @param budget what each may send
 * @param splits how often the images were divided
 * @param compared in how many splits both kinds have a policy within the budget; the figures are of these
 * @param oneMessage what the best one message does to the images that nothing was chosen on, over all splits
 * @param rounds what the best rounds do to them
 * @param low what the difference between their accuracies exceeds in 97.5 % of the splits
 * @param high what it exceeds in 2.5 % of the splits
 */
public record RoundsComparison(
        Budget budget,
        int splits,
        int compared,
        PolicyOutcome oneMessage,
        PolicyOutcome rounds,
        double low,
        double high) {
    /** Two halves, as indices of images. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Split(int[] chosenOn, int[] measuredOn) {}

    /**
     * Compares the kinds at several budgets, all by the same splits. The values among which a rule's is chosen divide
     * the server's answers to all images into equal parts, whatever their classes.
     *
     * @param outcomes of all uploads, of at least two images
     * @param shares what the promise is expected to allow
     * @param uploads of both kinds
     * @param splits at least 1
     * @return one for each budget
     */
    public static List<RoundsComparison> of(
            Outcomes outcomes, WrongShares shares, List<Upload> uploads, List<Budget> budgets, int splits, long seed) {
        List<Split> halves = halves(outcomes.images().size(), splits, seed);
        List<List<BestWithin>> oneMessage = best(outcomes, shares, kind(uploads, false), budgets, halves);
        List<List<BestWithin>> rounds = best(outcomes, shares, kind(uploads, true), budgets, halves);
        return IntStream.range(0, budgets.size())
                .mapToObj(i -> compare(outcomes, budgets.get(i), halves, oneMessage.get(i), rounds.get(i)))
                .toList();
    }

    private static List<Upload> kind(List<Upload> uploads, boolean inRounds) {
        return uploads.stream()
                .filter(upload -> upload.isInRounds() == inRounds)
                .toList();
    }

    private static List<Split> halves(int images, int splits, long seed) {
        Random random = new Random(seed);
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, images).boxed().toList());
        List<Split> halves = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            Collections.shuffle(shuffled, random);
            int[] order = shuffled.stream().mapToInt(Integer::intValue).toArray();
            int half = (images + 1) / 2;
            halves.add(new Split(
                    IntStream.of(order).limit(half).toArray(),
                    IntStream.of(order).skip(half).toArray()));
        }
        return halves;
    }

    /** Returns the best policies by budget and split. */
    private static List<List<BestWithin>> best(
            Outcomes outcomes, WrongShares shares, List<Upload> uploads, List<Budget> budgets, List<Split> halves) {
        List<List<BestWithin>> best = budgets.stream()
                .map(budget -> halves.stream()
                        .map(half -> new BestWithin(budget, shares))
                        .toList())
                .toList();
        for (Upload upload : uploads) {
            for (Optional<StopRule> rule : PolicyChoice.rules(outcomes, upload)) {
                List<GatedImage> images = outcomes.at(upload, rule);
                for (int split = 0; split < halves.size(); split++) {
                    List<GatedImage> half = part(images, halves.get(split).chosenOn());
                    for (List<BestWithin> ofBudget : best) {
                        ofBudget.get(split).offer(upload, rule, half);
                    }
                }
            }
        }
        return best;
    }

    private static List<GatedImage> part(List<GatedImage> images, int[] indices) {
        return IntStream.of(indices).mapToObj(images::get).toList();
    }

    private static RoundsComparison compare(
            Outcomes outcomes,
            Budget budget,
            List<Split> halves,
            List<BestWithin> oneMessage,
            List<BestWithin> rounds) {
        PolicyOutcome ofOneMessage = PolicyOutcome.NONE;
        PolicyOutcome ofRounds = PolicyOutcome.NONE;
        List<Double> differences = new ArrayList<>();
        for (int split = 0; split < halves.size(); split++) {
            Optional<OperatingPoint> one = oneMessage.get(split).point();
            Optional<OperatingPoint> other = rounds.get(split).point();
            if (one.isPresent() && other.isPresent()) {
                int[] indices = halves.get(split).measuredOn();
                PolicyOutcome first = measured(outcomes, one.get(), indices, budget);
                PolicyOutcome second = measured(outcomes, other.get(), indices, budget);
                ofOneMessage = ofOneMessage.and(first);
                ofRounds = ofRounds.and(second);
                differences.add(second.top1() - first.top1());
            }
        }
        Interval interval = differences.isEmpty()
                ? new Interval(Double.NaN, Double.NaN)
                : Interval.ofDraws(
                        differences.stream().mapToDouble(Double::doubleValue).toArray());
        return new RoundsComparison(
                budget, halves.size(), differences.size(), ofOneMessage, ofRounds, interval.low(), interval.high());
    }

    private static PolicyOutcome measured(Outcomes outcomes, OperatingPoint point, int[] indices, Budget budget) {
        return PolicyOutcome.of(point.gate(), part(outcomes.at(point), indices), budget::spent);
    }

    /** Returns by how much rounds are more accurate, -1..1. */
    public double difference() {
        return rounds.top1() - oneMessage.top1();
    }
}
