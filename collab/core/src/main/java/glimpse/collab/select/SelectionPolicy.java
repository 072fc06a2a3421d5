package glimpse.collab.select;

import java.util.Objects;

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

    /** Returns the policy as one word, {@code mean/sum:0.97}. */
    public String spec() {
        return score.spec() + "/" + selection.spec();
    }
}
