package glimpse.evaluation.calibration;

import glimpse.collab.gate.OffloadGate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What every gate of min-entropy does to some images, from the strictest one, which offloads them all, to a limit.
 * Gates with the same confident images do the same, so there is one step for each place between two images. Immutable.
 */
public final class GateSweep {
    private final List<GatedImage> images; // the most confident first
    private final OffloadGate limit;
    private final List<Step> steps;

    /**
     * What a gate does.
     *
     * @param confident number of images whose edge prediction stands
     * @param spent what the others take in all
     * @param right number of images that are answered right, by the edge or the server
     */
    public record Step(int confident, long spent, int right) {}

    private GateSweep(List<GatedImage> images, OffloadGate limit, List<Step> steps) {
        this.images = images;
        this.limit = limit;
        this.steps = List.copyOf(steps);
    }

    /**
     * Tries all gates.
     *
     * @param images in any order
     * @param spending what an image takes if it is offloaded, at least 0
     * @param limit the loosest gate: one of min-entropy, {@code never}, or {@code always} for that one alone
     */
    public static GateSweep of(List<GatedImage> images, ToLongFunction<GatedImage> spending, OffloadGate limit) {
        List<GatedImage> sorted = images.stream()
                .sorted(Comparator.comparingDouble(GatedImage::minEntropyBits))
                .toList();
        long spent = sorted.stream().mapToLong(spending).sum();
        int right = (int) sorted.stream().filter(GatedImage::serverRight).count();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(0, spent, right));
        for (int i = 0; i < sorted.size() && limit.confident(sorted.get(i).confidence()); i++) {
            GatedImage image = sorted.get(i);
            spent -= spending.applyAsLong(image);
            right += (image.edgeRight() ? 1 : 0) - (image.serverRight() ? 1 : 0);
            boolean tied = i + 1 < sorted.size() && sorted.get(i + 1).minEntropyBits() == image.minEntropyBits();
            if (!tied) {
                steps.add(new Step(i + 1, spent, right));
            }
        }
        return new GateSweep(sorted, limit, steps);
    }

    /** Returns the steps from the strictest gate to the loosest, so that none spends more than the one before. */
    public List<Step> steps() {
        return steps;
    }

    /** Returns the gate of a step, with as few digits as tell its images apart. */
    public OffloadGate gate(Step step) {
        int confident = step.confident();
        if (confident == 0) {
            return OffloadGate.always();
        }
        boolean last = confident == images.size()
                || !limit.confident(images.get(confident).confidence());
        return last
                ? limit
                : GateFit.between(
                        images.get(confident - 1).minEntropyBits(),
                        images.get(confident).minEntropyBits());
    }
}
