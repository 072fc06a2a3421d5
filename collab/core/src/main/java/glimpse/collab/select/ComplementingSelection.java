package glimpse.collab.select;

import glimpse.collab.spec.SpecText;
import java.util.Objects;

/**
 * Selects patches that complement one another: a budget of patches in the order of {@link ComplementingOrder} instead
 * of descending scores. Close to SAGE (arXiv 2604.19623).
 *
 * @param budget decides how many: {@link Top} or {@link AttentionSum}
 * @param weight how much the scores count beside the distances, 0 or more
 */
public record ComplementingSelection(PatchSelection budget, float weight) implements PatchSelection {
    static final String NAME = "diverse";

    /** Checks the budget and the weight. */
    public ComplementingSelection {
        Objects.requireNonNull(budget, "budget");
        if (!(budget instanceof Top || budget instanceof AttentionSum)) {
            throw new IllegalArgumentException(budget.spec() + " can't be diverse, expected top, sum or sum-crossing");
        }
        if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("weight is " + weight + ", expected at least 0");
        }
    }

    @Override
    public SelectedPatches select(ScoredPatches patches, String image) {
        float[] scores = patches.scores();
        ComplementingOrder order = new ComplementingOrder(patches, weight);
        int[] taken = switch (budget) {
            case Top top -> top.take(order, scores);
            case AttentionSum sum -> sum.take(order, scores);
            default -> throw new IllegalStateException(budget.spec());
        };
        return SelectedPatches.firstOf(taken, taken.length, scores);
    }

    @Override
    public boolean needsTokens() {
        return true;
    }

    @Override
    public String spec() {
        return budget.spec() + "+" + NAME + ":" + SpecText.plain(weight);
    }
}
