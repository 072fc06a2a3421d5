package glimpse.evaluation.front;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.calibration.GateSweep;
import glimpse.evaluation.metrics.ParetoFront;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The points of a method that are worth their communication, on the images that points are chosen on alone: of all
 * uploads, rules and, with a gate, all gates of min-entropy between two of the images. Immutable.
 */
final class BestPoints {
    /**
     * A point that is less accurate than the best one by at most so many of its standard errors counts as accurate as
     * it. Chosen by cross-validation: half of one gave the most accurate points on images that nothing was chosen on.
     */
    private static final double STANDARD_ERRORS = 0.5;

    private static final double ROUNDING = 1e-9; // of a budget or a count, so that one that is met exactly counts

    private final Measure measure;
    private final int images;
    private final int patches;
    private final List<Point> points; // by what they spend, each more accurate than the one before
    private final List<Tried> tried; // all that there are

    /**
     * A point.
     *
     * @param candidate the upload and its rule
     * @param gate the gate
     * @param spent what all images take, in patches or bytes
     * @param right number of images that are answered right
     */
    record Point(Candidate candidate, OffloadGate gate, long spent, int right) {
        OperatingPoint operatingPoint() {
            return candidate.with(gate);
        }
    }

    /** A point whose gate isn't made yet. */
    private record Tried(Candidate candidate, GateSweep gates, GateSweep.Step step) {
        Point point() {
            return new Point(candidate, gates.gate(step), step.spent(), step.right());
        }
    }

    private BestPoints(Measure measure, int images, int patches, List<Tried> tried) {
        this.measure = measure;
        this.images = images;
        this.patches = patches;
        this.tried = List.copyOf(tried);
        points = ParetoFront.of(
                        tried, one -> one.step().spent(), one -> one.step().right())
                .stream()
                .map(Tried::point)
                .toList();
    }

    /**
     * Finds the points.
     *
     * @param candidates of one method, at least one
     * @param gated whether gates are tried; otherwise every image is sent
     * @param patches number of patches of a whole image
     */
    static BestPoints of(List<Candidate> candidates, Measure measure, boolean gated, int patches) {
        OffloadGate loosest = gated ? OffloadGate.never() : OffloadGate.always();
        List<Tried> tried = new ArrayList<>();
        for (Candidate candidate : candidates) {
            GateSweep gates = GateSweep.of(candidate.there(), measure::spent, loosest);
            gates.steps().forEach(step -> tried.add(new Tried(candidate, gates, step)));
        }
        return new BestPoints(measure, candidates.getFirst().there().size(), patches, tried);
    }

    /** Returns the points, the one with the least communication first. */
    List<Point> points() {
        return points;
    }

    /** Returns the point that answers a question; empty if none does. */
    Optional<Point> answer(Question question) {
        return switch (question) {
            case Question.Within within -> {
                double most = within.value() * images * measure.unit(patches) + ROUNDING;
                yield within(most);
            }
            case Question.Reaching reaching -> {
                double least = reaching.value() * images - ROUNDING;
                yield points.stream().filter(point -> point.right() >= least).findFirst();
            }
        };
    }

    /**
     * Returns, of the points about as accurate as the best one, the one that spends the most. Of thousands of points
     * the best one is in part the luckiest, and on other images a server that is sent more is right more often.
     */
    private Optional<Point> within(double most) {
        List<Tried> affordable =
                tried.stream().filter(one -> one.step().spent() <= most).toList();
        int best = affordable.stream().mapToInt(one -> one.step().right()).max().orElse(0);
        double least = best - STANDARD_ERRORS * Math.sqrt((double) best * (images - best) / images);
        return affordable.stream()
                .filter(one -> one.step().right() >= least)
                .max(Comparator.comparingLong((Tried one) -> one.step().spent())
                        .thenComparingInt(one -> one.step().right()))
                .map(Tried::point);
    }
}
