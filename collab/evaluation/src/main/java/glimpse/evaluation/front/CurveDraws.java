package glimpse.evaluation.front;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.front.Reached.Ratio;
import glimpse.evaluation.metrics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A method's measured curve in each draw of the images that it is measured on, and what it takes there to reach some
 * accuracies. Not thread-safe.
 */
final class CurveDraws {
    private final List<CandidatePoints> candidates;
    private final double unit; // of what all images take
    private final double[] accuracies;
    private final double[][] reached; // [accuracies][draws], infinite where one is out of reach
    private final double[] spent; // [points], in the draw at hand
    private final double[] top1; // [points], the same

    /**
     * Prepares the draws.
     *
     * @param points of the method, at least one, none of them empty of images
     * @param patches number of patches of a whole image
     * @param accuracies to reach
     */
    CurveDraws(List<BestPoints.Point> points, Measure measure, int patches, List<Double> accuracies) {
        IdentityHashMap<Candidate, List<Integer>> byCandidate = new IdentityHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            byCandidate
                    .computeIfAbsent(points.get(i).candidate(), candidate -> new ArrayList<>())
                    .add(i);
        }
        this.candidates = byCandidate.entrySet().stream()
                .map(entry -> CandidatePoints.of(entry.getKey(), entry.getValue(), points, measure))
                .toList();
        this.unit = measure.unit(patches) * points.getFirst().candidate().here().size();
        this.accuracies = accuracies.stream().mapToDouble(Double::doubleValue).toArray();
        this.reached = new double[accuracies.size()][Draws.COUNT];
        this.spent = new double[points.size()];
        this.top1 = new double[points.size()];
    }

    /** Takes a draw. */
    void take(int number, int[] times) {
        for (CandidatePoints candidate : candidates) {
            candidate.measure(times, unit, spent, top1);
        }
        MeasuredCurve curve = MeasuredCurve.of(spent, top1);
        for (int i = 0; i < accuracies.length; i++) {
            double amount = curve.reaching(accuracies[i]);
            reached[i][number] = Double.isNaN(amount) ? Double.POSITIVE_INFINITY : amount;
        }
    }

    /**
     * Returns what reaching an accuracy takes, with its interval.
     *
     * @param amount what it takes on the images themselves
     * @param patches what patches take of it
     */
    Reached reached(double accuracy, double amount, Optional<Ratio> patches) {
        double[] amounts = amounts(accuracy);
        long missed = Arrays.stream(amounts).filter(Double::isInfinite).count();
        return new Reached(amount, Interval.ofDraws(amounts), (double) missed / amounts.length, patches);
    }

    /**
     * Returns what this method takes of what another takes, with its interval. Draws in which neither reaches the
     * accuracy say nothing and are left out.
     *
     * @param value the quotient on the images themselves
     * @return empty if no draw is left
     */
    Optional<Ratio> ratio(double accuracy, double value, CurveDraws other) {
        double[] amounts = amounts(accuracy);
        double[] others = other.amounts(accuracy);
        double[] ratios = IntStream.range(0, amounts.length)
                .mapToDouble(draw -> amounts[draw] / others[draw]) // infinity / infinity is NaN
                .filter(ratio -> !Double.isNaN(ratio))
                .toArray();
        long missed = IntStream.range(0, amounts.length)
                .filter(draw -> Double.isInfinite(amounts[draw]) || Double.isInfinite(others[draw]))
                .count();
        return ratios.length == 0
                ? Optional.empty()
                : Optional.of(new Ratio(value, Interval.ofDraws(ratios), (double) missed / amounts.length));
    }

    private double[] amounts(double accuracy) {
        for (int i = 0; i < accuracies.length; i++) {
            if (accuracies[i] == accuracy) {
                return reached[i];
            }
        }
        throw new IllegalArgumentException("no images were drawn for an accuracy of " + accuracy);
    }

    /**
     * The points of a method with one upload and rule, whose gates differ: each lets the most confident images pass.
     *
     * @param order the images, the most confident first
     * @param changes by how many errors offloading an image changes those of the edge, in this order: -1, 0 or 1
     * @param edgeErrors 1 where the edge is wrong, in this order, otherwise 0
     * @param spending what an image takes if it is offloaded, in this order
     * @param points the indices of the points, the one with the most confident images first
     * @param confident how many images are confident at each of them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record CandidatePoints(
            int[] order, int[] changes, int[] edgeErrors, long[] spending, int[] points, int[] confident) {
        static CandidatePoints of(
                Candidate candidate, List<Integer> indices, List<BestPoints.Point> points, Measure measure) {
            List<GatedImage> images = candidate.here();
            int[] order = IntStream.range(0, images.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            (Integer i) -> images.get(i).confidence().minEntropyBits()))
                    .mapToInt(Integer::intValue)
                    .toArray();
            List<GatedImage> sorted = IntStream.of(order).mapToObj(images::get).toList();
            record Place(int point, int confident) {}
            List<Place> looseFirst = indices.stream()
                    .map(index -> new Place(index, confident(points.get(index).gate(), images)))
                    .sorted(Comparator.comparingInt(Place::confident).reversed())
                    .toList();
            return new CandidatePoints(
                    order,
                    sorted.stream()
                            .mapToInt(image -> (image.edgeRight() ? 1 : 0) - (image.serverRight() ? 1 : 0))
                            .toArray(),
                    sorted.stream().mapToInt(image -> image.edgeRight() ? 0 : 1).toArray(),
                    sorted.stream().mapToLong(measure::spent).toArray(),
                    looseFirst.stream().mapToInt(Place::point).toArray(),
                    looseFirst.stream().mapToInt(Place::confident).toArray());
        }

        private static int confident(OffloadGate gate, List<GatedImage> images) {
            return (int) images.stream()
                    .filter(image -> gate.confident(image.confidence()))
                    .count();
        }

        /** Computes accuracy and communication of these points in a draw. */
        void measure(int[] times, double unit, double[] spent, double[] top1) {
            long errors = 0;
            for (int i = 0; i < order.length; i++) {
                errors += (long) times[order[i]] * edgeErrors[i];
            }
            long sum = 0;
            int at = order.length; // images before it are confident
            for (int i = 0; i < points.length; i++) {
                while (at > confident[i]) {
                    at--;
                    errors += (long) times[order[at]] * changes[at];
                    sum += times[order[at]] * spending[at];
                }
                spent[points[i]] = sum / unit;
                top1[points[i]] = 1 - (double) errors / order.length;
            }
        }
    }
}
