package glimpse.evaluation.front;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.calibration.GateFit;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The points of a method that are the most accurate within some budget, on the images that points are chosen on alone:
 * of all uploads, rules and, with a gate, all gates of min-entropy between two of the images. Immutable.
 */
final class Choice {
    private static final double ROUNDING = 1e-9;

    private final Measure measure;
    private final int images;
    private final int patches;
    private final List<Chosen> front; // by what they spend, each more accurate than the one before

    /**
     * A point.
     *
     * @param candidate the upload and its rule
     * @param gate the gate
     * @param spent what all images take, in patches or bytes
     * @param right number of images that are answered right
     */
    record Chosen(Candidate candidate, OffloadGate gate, long spent, int right) {
        OperatingPoint point() {
            return candidate.with(gate);
        }
    }

    private Choice(Measure measure, int images, int patches, List<Chosen> front) {
        this.measure = measure;
        this.images = images;
        this.patches = patches;
        this.front = List.copyOf(front);
    }

    /**
     * Finds the points.
     *
     * @param candidates of one method, at least one
     * @param gated whether gates are tried; otherwise every image is sent
     * @param patches number of patches of a whole image
     */
    static Choice of(List<Candidate> candidates, Measure measure, boolean gated, int patches) {
        List<Chosen> all = new ArrayList<>();
        for (Candidate candidate : candidates) {
            all.addAll(points(candidate, measure, gated));
        }
        all.sort(Comparator.comparingLong(Chosen::spent)
                .thenComparing(Comparator.comparingInt(Chosen::right).reversed()));
        List<Chosen> front = new ArrayList<>();
        for (Chosen point : all) {
            if (front.isEmpty() || point.right() > front.getLast().right()) {
                front.add(point);
            }
        }
        return new Choice(measure, candidates.getFirst().there().size(), patches, front);
    }

    private static List<Chosen> points(Candidate candidate, Measure measure, boolean gated) {
        List<GatedImage> images = candidate.there();
        long spent = images.stream().mapToLong(measure::spent).sum();
        int right = (int) images.stream().filter(GatedImage::serverRight).count();
        List<Chosen> points = new ArrayList<>();
        points.add(new Chosen(candidate, OffloadGate.always(), spent, right));
        for (int i = 0; gated && i < images.size(); i++) { // one image more is confident
            GatedImage image = images.get(i);
            spent -= measure.spent(image);
            right += (image.edgeRight() ? 1 : 0) - (image.serverRight() ? 1 : 0);
            double bits = image.confidence().minEntropyBits();
            if (i + 1 == images.size()) {
                points.add(new Chosen(candidate, OffloadGate.never(), spent, right));
            } else if (images.get(i + 1).confidence().minEntropyBits() > bits) {
                OffloadGate gate =
                        GateFit.between(bits, images.get(i + 1).confidence().minEntropyBits());
                points.add(new Chosen(candidate, gate, spent, right));
            }
        }
        return points;
    }

    /** Returns the points, the one with the least communication first. */
    List<Chosen> front() {
        return front;
    }

    /** Returns the point that answers a question; empty if none does. */
    Optional<Chosen> answer(Question question) {
        return switch (question) {
            case Question.Within within -> {
                double most = within.value() * images * measure.unit(patches) + ROUNDING;
                yield front.stream().filter(point -> point.spent() <= most).reduce((one, next) -> next);
            }
            case Question.Reaching reaching -> {
                double least = reaching.value() * images - ROUNDING;
                yield front.stream().filter(point -> point.right() >= least).findFirst();
            }
        };
    }
}
