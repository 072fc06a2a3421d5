package glimpse.collab.select;

import glimpse.collab.spec.SpecText;
import java.util.Objects;

/**
 * Selects patches that complement one another: a budget of patches in the order of {@link ComplementingOrder} instead
 * of descending scores. Close to SAGE (arXiv 2604.19623).
 *
 * @param budget decides how many: a {@link PatchBudget}
 * @param weight how much the scores count beside the distances, 0 or more
 */
public record ComplementingSelection(PatchSelection budget, float weight) implements PatchSelection {
    static final String NAME = "diverse";

    /** Checks the budget and the weight. */
    public ComplementingSelection {
        Objects.requireNonNull(budget, "budget");
        if (!(budget instanceof PatchBudget)) {
            throw new IllegalArgumentException(
                    budget.spec() + " can't be diverse, expected top, bytes, sum or sum-crossing");
        }
        if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("weight is " + weight + ", expected at least 0");
        }
    }

    /** Reads a budget, a plus and {@code diverse} with its weight, or with weights by count. */
    static PatchSelection parse(SpecText option) {
        int plus = option.text().lastIndexOf('+');
        PatchSelection budget = PatchSelection.parse(option.text().substring(0, plus));
        SpecText order = SpecText.parse(option.text().substring(plus + 1));
        if (!order.name().equals(NAME) || !(budget instanceof PatchBudget some)) {
            throw option.invalid(SYNTAX);
        }
        if (order.text().indexOf('@') >= 0) {
            return ComplementingByCount.parse(option, some, order.arguments());
        }
        order.requireArguments(1, 1, SYNTAX);
        return new ComplementingSelection(some, (float) order.decimal(0, Float.MAX_VALUE, SYNTAX));
    }

    @Override
    public SelectedPatches select(ScoredPatches patches, String image) {
        int[] taken = ((PatchBudget) budget).take(new ComplementingOrder(patches, weight), patches);
        return SelectedPatches.firstOf(taken, taken.length, patches.scores());
    }

    @Override
    public boolean needsTokens() {
        return true;
    }

    @Override
    public boolean needsMessageLength() {
        return budget.needsMessageLength();
    }

    @Override
    public String spec() {
        return budget.spec() + "+" + NAME + ":" + SpecText.plain(weight);
    }
}
