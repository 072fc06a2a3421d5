package glimpse.collab.select;

import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.VitConfig;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A way of choosing patches: how they are scored, and which scores are selected. Immutable, safe for use by several
 * threads.
 *
 * @param score scores every patch
 * @param selection selects patches by their scores
 */
public record SelectionPolicy(AttentionScore score, PatchSelection selection) {
    /** Selects every patch, so that the server sees the whole image. */
    public static final SelectionPolicy WHOLE = new SelectionPolicy(AttentionScore.mean(), PatchSelection.all());

    /** Checks that nothing is null. */
    public SelectionPolicy {
        Objects.requireNonNull(score, "score");
        Objects.requireNonNull(selection, "selection");
    }

    /**
     * Returns what a pass must keep.
     *
     * @throws IllegalArgumentException if the model can't provide the attention
     */
    public Capture capture(VitConfig config) {
        return capture(Set.of(score), selection.needsTokens(), config);
    }

    /**
     * Returns what a pass must keep for several scores.
     *
     * @param tokens whether a selection compares the patches' tokens
     * @throws IllegalArgumentException if the model can't provide the attention
     */
    public static Capture capture(Set<AttentionScore> scores, boolean tokens, VitConfig config) {
        Capture attention = AttentionScore.capture(scores, config);
        return tokens ? PatchTokens.capture(attention, config) : attention;
    }

    /**
     * Selects an image's patches.
     *
     * @param output of a pass that kept at least {@link #capture}
     * @param index of the image in the pass
     * @param image the image's name
     * @throws IllegalArgumentException if the selection depends on the length of messages
     */
    public SelectedPatches select(Output output, int index, VitConfig config, String image) {
        return selection.select(scored(output, index, config), image);
    }

    /**
     * Returns what the selection chooses from.
     *
     * @param output of a pass that kept at least {@link #capture}
     * @param index of the image in the pass
     */
    public ScoredPatches scored(Output output, int index, VitConfig config) {
        Optional<PatchTokens> tokens = selection.needsTokens()
                ? Optional.of(PatchTokens.of(PatchTokens.read(output, index, config), config.width()))
                : Optional.empty();
        return new ScoredPatches(score.score(output.attention(index)), tokens);
    }

    /** Returns the policy as one word, {@code mean/sum:0.97}. */
    public String spec() {
        return score.spec() + "/" + selection.spec();
    }
}
