package glimpse.collab.evaluate;

import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;

/**
 * One way of choosing patches.
 *
 * @param score how patches are scored
 * @param selection how scores choose
 */
public record Selector(AttentionScore score, PatchSelection selection) {
    /** Every patch: the server sees the whole image. */
    static final Selector WHOLE = new Selector(AttentionScore.mean(), PatchSelection.all());

    /** The selector in one word, as it stands in column names. */
    public String spec() {
        return score.spec() + "/" + selection.spec();
    }
}
