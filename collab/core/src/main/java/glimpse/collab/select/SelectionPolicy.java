package glimpse.collab.select;

/**
 * A way of choosing patches: how they are scored, and which scores are selected. Immutable.
 *
 * @param score scores every patch
 * @param selection selects patches by their scores
 */
public record SelectionPolicy(AttentionScore score, PatchSelection selection) {
    /** Every patch, so that the server sees the whole image. */
    public static final SelectionPolicy WHOLE = new SelectionPolicy(AttentionScore.mean(), PatchSelection.all());

    /** Returns the policy as one word, {@code mean/sum:0.97}. */
    public String spec() {
        return score.spec() + "/" + selection.spec();
    }
}
