package glimpse.evaluation.calibration;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The choice of an upload for a budget: the one whose best gate within the budget, no looser than the promise allows,
 * is the most accurate. The gate is fitted again afterwards, on other images.
 */
public final class UploadChoice {
    private UploadChoice() {}

    /**
     * Chooses.
     *
     * @param outcomes of each upload on the same images, at least one upload
     * @param promise that the gates keep on these images, as far as their number allows
     * @throws IllegalArgumentException if none is within the budget; says what the cheapest one needs
     */
    public static Upload choose(Map<Upload, List<GatedImage>> outcomes, Promise promise, Budget budget) {
        Optional<Upload> best = Optional.empty();
        int mostRight = -1;
        List<String> refusals = new ArrayList<>();
        for (Map.Entry<Upload, List<GatedImage>> one : outcomes.entrySet()) {
            try {
                int right = right(one.getValue(), promise, budget);
                if (right > mostRight) {
                    mostRight = right;
                    best = Optional.of(one.getKey());
                }
            } catch (IllegalArgumentException e) {
                refusals.add(one.getKey().spec() + ": " + e.getMessage());
            }
        }
        return best.orElseThrow(() -> new IllegalArgumentException(refusals.getFirst()));
    }

    private static int right(List<GatedImage> images, Promise promise, Budget budget) {
        OffloadGate loosest = OffloadGate.never();
        int mostWrong = (int) (promise.risk() * images.size());
        List<GatedImage> wrong = images.stream()
                .filter(GatedImage::wrongWhereTheServerIsRight)
                .sorted(Comparator.comparingDouble(GatedImage::minEntropyBits))
                .toList();
        if (wrong.size() > mostWrong) {
            loosest = OffloadGate.minEntropy(Math.min(wrong.get(mostWrong).minEntropyBits(), OffloadGate.MAX_BITS));
        }
        OffloadGate gate = GateFit.withinBudget(loosest, budget, images);
        int right = 0;
        for (GatedImage image : images) {
            right += (gate.confident(image.confidence()) ? image.edgeRight() : image.serverRight()) ? 1 : 0;
        }
        return right;
    }

    /** Returns the outcomes of some uploads. */
    public static Map<Upload, List<GatedImage>> only(Map<Upload, List<GatedImage>> outcomes, List<Upload> uploads) {
        Map<Upload, List<GatedImage>> some = new LinkedHashMap<>();
        outcomes.forEach((upload, images) -> {
            if (uploads.contains(upload)) {
                some.put(upload, images);
            }
        });
        return some;
    }
}
