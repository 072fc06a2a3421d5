package glimpse.evaluation.calibration;

import glimpse.collab.audit.Audit;
import glimpse.collab.audit.DriftAlarm;
import glimpse.collab.gate.OffloadGate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How a promise fares when the calibration set is divided at random again and again: one half calibrates the gate, the
 * other takes the part of new images. What is observed on that half varies around the risk; so sets of the same size
 * are also drawn from all images with replacement, as if they were the world, of which the risk is known. Immutable.
 *
 * @param splits how often the set was divided
 * @param images number of images in the half that calibrates
 * @param exceeded in how many splits the other half's risk exceeded the promised one
 * @param exceededOnAll with how many sets that were drawn with replacement the risk on all images exceeded the promised
 * @param meanRisk the mean of the other halves' risks
 * @param alarms in how many splits the drift alarm was raised without a change
 * @param caught in how many splits the alarm was raised on the images of another kind that followed; -1 without such
 * @param caughtAfter how many of those it took, ascending, one for each split in which it was raised by them
 */
public record SplitCheck(
        int splits,
        int images,
        int exceeded,
        int exceededOnAll,
        double meanRisk,
        int alarms,
        int caught,
        List<Integer> caughtAfter) {
    /** Copies the list. */
    public SplitCheck {
        caughtAfter = List.copyOf(caughtAfter);
    }

    /**
     * Divides the set.
     *
     * @param all what edge and server made of the calibration set
     * @param other the same of images of another kind, which follow the second half in random order; may be empty
     * @param splits at least 1
     * @throws IllegalArgumentException if half the set is too small for the promise
     */
    public static SplitCheck of(
            Promise promise, List<GatedImage> all, List<GatedImage> other, Audit audit, int splits, long seed) {
        Random random = new Random(seed);
        List<GatedImage> shuffled = new ArrayList<>(all);
        List<GatedImage> changed = new ArrayList<>(other);
        int half = (all.size() + 1) / 2;
        int exceeded = 0;
        int exceededOnAll = 0;
        int alarms = 0;
        double risks = 0;
        List<Integer> caughtAfter = new ArrayList<>();
        for (int split = 0; split < splits; split++) {
            Collections.shuffle(shuffled, random);
            Collections.shuffle(changed, random);
            List<GatedImage> first = shuffled.subList(0, half);
            List<GatedImage> second = shuffled.subList(half, shuffled.size());
            OffloadGate gate = GateFit.loosest(promise, first);
            DriftAlarm alarm = new DriftAlarm(GateCounts.of(gate, first).rates());
            Audit drawn = new Audit(audit.share(), random.nextLong());
            PromiseCheck check = PromiseCheck.of(gate, alarm, drawn, second);
            GateCounts world = GateCounts.of(GateFit.loosest(promise, drawn(all, half, random)), all);
            exceededOnAll += world.risk() > promise.risk() ? 1 : 0;
            exceeded += check.counts().risk() > promise.risk() ? 1 : 0;
            risks += check.counts().risk();
            if (check.alarm().isPresent()) {
                alarms++;
            } else if (!changed.isEmpty()) {
                PromiseCheck.of(gate, alarm, drawn, changed)
                        .alarm()
                        .ifPresent(raised -> caughtAfter.add(raised.images()));
            }
        }
        Collections.sort(caughtAfter);
        return new SplitCheck(
                splits,
                half,
                exceeded,
                exceededOnAll,
                risks / splits,
                alarms,
                other.isEmpty() ? -1 : caughtAfter.size(),
                caughtAfter);
    }

    private static List<GatedImage> drawn(List<GatedImage> all, int count, Random random) {
        List<GatedImage> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawn.add(all.get(random.nextInt(all.size())));
        }
        return drawn;
    }

    /**
     * Returns within how many images of another kind the alarm was raised in a share of the splits in which they raised
     * it; -1 if they never did.
     *
     * @param share 0..1
     */
    public int caughtAfter(double share) {
        return caughtAfter.isEmpty() ? -1 : caughtAfter.get((int) (share * (caughtAfter.size() - 1)));
    }
}
