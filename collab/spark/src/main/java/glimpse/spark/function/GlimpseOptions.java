package glimpse.spark.function;

import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.VitConfig;
import java.io.Serializable;

/**
 * What {@link GlimpseFunction} computes. Immutable.
 *
 * @param model a file that {@code glimpse convert} wrote, on this machine or on a Hadoop file system, or
 *     {@code hf:OWNER/NAME}
 * @param score how patches are scored, as {@code glimpse evaluate --score} has it; empty if none are to be kept
 * @param selection which patches are kept, as {@code glimpse evaluate --select} has it
 * @param features whether to return the features
 */
public record GlimpseOptions(String model, String score, String selection, boolean features) implements Serializable {
    /** Checks the score and the selection. */
    public GlimpseOptions {
        if (!score.isEmpty()) {
            AttentionScore.parse(score);
            if (PatchSelection.parse(selection).needsMessageLength()) {
                throw new IllegalArgumentException(
                        "'" + selection + "' depends on a codec, which patches that are kept have none of; expected"
                                + " another selection");
            }
        }
    }

    /** Returns options of a model: the mean score, patches with 97 % of the attention, and the features. */
    public static GlimpseOptions ofModel(String model) {
        return new GlimpseOptions(model, "mean", "sum:0.97", true);
    }

    /** Returns the same with other patches. */
    public GlimpseOptions keeping(String otherScore, String otherSelection) {
        return new GlimpseOptions(model, otherScore, otherSelection, features);
    }

    /** Returns the same without patches, which also costs less. */
    public GlimpseOptions withoutPatches() {
        return new GlimpseOptions(model, "", "", features);
    }

    /** Returns the same without features. */
    public GlimpseOptions withoutFeatures() {
        return new GlimpseOptions(model, score, selection, false);
    }

    boolean keepsPatches() {
        return !score.isEmpty();
    }

    SelectionPolicy policy() {
        return new SelectionPolicy(AttentionScore.parse(score), PatchSelection.parse(selection));
    }

    void requireFit(VitConfig config) {
        if (keepsPatches()) {
            policy().score().capture(config);
        }
    }
}
