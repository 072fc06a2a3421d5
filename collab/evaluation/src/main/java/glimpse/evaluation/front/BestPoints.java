package glimpse.evaluation.front;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.calibration.GateSweep;
import glimpse.evaluation.metrics.ParetoFront;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The points of a method that are the most accurate within some budget, on the images that points are chosen on alone:
 * of all uploads, rules and, with a gate, all gates of min-entropy between two of the images. Immutable.
 */
final class BestPoints {
    private static final double ROUNDING = 1e-9; // of a budget or a count, so that one that is met exactly counts

    private final Measure measure;
    private final int images;
    private final int patches;
    private final List<Point> points; // by what they spend, each more accurate than the one before

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

    private BestPoints(Measure measure, int images, int patches, List<Point> points) {
        this.measure = measure;
        this.images = images;
        this.patches = patches;
        this.points = List.copyOf(points);
    }

    /**
     * Finds the points.
     *
     * @param candidates of one method, at least one
     * @param gated whether gates are tried; otherwise every image is sent
     * @param patches number of patches of a whole image
     */
    static BestPoints of(List<Candidate> candidates, Measure measure, boolean gated, int patches) {
        record Tried(Candidate candidate, GateSweep gates, GateSweep.Step step) {}
        OffloadGate loosest = gated ? OffloadGate.never() : OffloadGate.always();
        List<Tried> tried = new ArrayList<>();
        for (Candidate candidate : candidates) {
            GateSweep gates = GateSweep.of(candidate.there(), measure::spent, loosest);
            gates.steps().forEach(step -> tried.add(new Tried(candidate, gates, step)));
        }
        List<Point> points = ParetoFront.of(
                        tried, one -> one.step().spent(), one -> one.step().right())
                .stream()
                .map(one -> new Point(
                        one.candidate(),
                        one.gates().gate(one.step()),
                        one.step().spent(),
                        one.step().right()))
                .toList();
        return new BestPoints(measure, candidates.getFirst().there().size(), patches, points);
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
                yield points.stream().filter(point -> point.spent() <= most).reduce((one, next) -> next);
            }
            case Question.Reaching reaching -> {
                double least = reaching.value() * images - ROUNDING;
                yield points.stream().filter(point -> point.right() >= least).findFirst();
            }
        };
    }
}
