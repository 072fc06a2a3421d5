package glimpse.evaluation.calibration;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.BytesSelection;
import glimpse.collab.select.ComplementingSelection;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.collab.spec.SpecText;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was fitted on a calibration set, for one pair of models. Immutable.
 *
 * @param pair the models and their temperatures
 * @param point the upload that was chosen, the rule that ends it if it is in rounds, which goes by the server's answers
 *     at the pair's temperature, and the gate that keeps the promise
 * @param promise what the gate promises
 * @param images the calibration set, in words
 * @param chosenOn number of images that the temperatures, the upload and its rule were chosen on
 * @param counts what the gate does to the other images, which the promise rests on
 * @param weights the weight of {@code top:COUNT+diverse:WEIGHT} by count, or of {@code bytes:COUNT+diverse:WEIGHT},
 *     whichever the point's upload is; empty if none was fitted
 */
public record Calibration(
        CalibratedPair pair,
        OperatingPoint point,
        Promise promise,
        String images,
        int chosenOn,
        GateCounts counts,
        SortedMap<Integer, Float> weights) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the counts don't keep the promise
     */
    public Calibration {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        if (chosenOn < 0) {
            throw new IllegalArgumentException("chosen_on is " + chosenOn + ", expected at least 0");
        }
        if (promise.bound(0, counts.images()) > promise.risk()) {
            throw new IllegalArgumentException("promised_on is " + counts.images()
                    + ", too few images for this promise, expected at least " + promise.fewestImages());
        }
        double bound = promise.bound(counts.wrong(), counts.images());
        if (bound > promise.risk()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "wrong is %d of %d images, which bounds the risk at %.5f, expected at most risk, %s",
                    counts.wrong(),
                    counts.images(),
                    bound,
                    promise.risk()));
        }
    }

    /**
     * A pair of models.
     *
     * @param edgeSha256 of the edge's file, in hexadecimal
     * @param serverSha256 of the server's file, in hexadecimal
     * @param edgeTemperature what the edge's logits are divided by
     * @param serverTemperature what the server's logits are divided by
     */
    public record CalibratedPair(
            String edgeSha256, String serverSha256, double edgeTemperature, double serverTemperature) {
        /**
         * Checks that a model is the one that was calibrated.
         *
         * @param sha256 of the model's file
         * @throws IllegalArgumentException if it is another
         */
        public void requireEdge(String sha256) {
            require("edge", edgeSha256, sha256);
        }

        /** Checks the same of the server's model. */
        public void requireServer(String sha256) {
            require("server", serverSha256, sha256);
        }

        private static void require(String whose, String expected, String sha256) {
            if (!expected.equals(sha256)) {
                throw new IllegalArgumentException("was made with another " + whose + "'s model (SHA-256 "
                        + shortened(expected) + ", this one's is " + shortened(sha256) + ")");
            }
        }

        private static String shortened(String sha256) {
            return sha256.substring(0, Math.min(12, sha256.length())) + "...";
        }
    }

    /** Returns the upload that was chosen, and those that differ from it in count and fitted weight alone. */
    public List<Upload> uploads() {
        Set<Upload> all = new LinkedHashSet<>(List.of(point.upload()));
        if (point.upload()
                instanceof
                Upload.Patches(
                        SelectionPolicy(AttentionScore score, ComplementingSelection chosen),
                        PayloadCodec codec)) {
            boolean ofBytes = chosen.budget() instanceof BytesSelection;
            weights.forEach((count, weight) -> {
                PatchSelection budget = ofBytes ? new BytesSelection(count) : PatchSelection.top(count);
                all.add(new Upload.Patches(
                        new SelectionPolicy(score, new ComplementingSelection(budget, weight)), codec));
            });
        }
        return List.copyOf(all);
    }

    /** Returns the promise as a sentence. */
    public String sentence() {
        String what = String.format(
                Locale.ROOT,
                "at most %s %% of all images like the %d it was calibrated on are answered wrong by the edge where the"
                        + " server would be right",
                SpecText.percent(promise.risk()),
                counts.images());
        return promise.confidence().isPresent()
                ? "with " + SpecText.percent(promise.confidence().getAsDouble()) + " % confidence, " + what
                : "on average over calibration sets, " + what;
    }
}
