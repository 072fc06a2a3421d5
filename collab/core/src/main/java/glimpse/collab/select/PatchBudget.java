package glimpse.collab.select;

import java.util.Arrays;
import java.util.PrimitiveIterator;

/** A selection that takes patches in their order, whichever that is, until a budget is used up. */
public sealed interface PatchBudget extends PatchSelection
        permits PatchSelection.Top, PatchSelection.AttentionSum, BytesSelection {
    /**
     * Takes the first patches of an order.
     *
     * @param order all positions, of which as many are read as it takes
     * @return those that are within the budget, in the order
     */
    int[] take(PrimitiveIterator.OfInt order, ScoredPatches patches);

    /** Takes patches in descending order of their scores. */
    @Override
    default SelectedPatches select(ScoredPatches patches, String image) {
        float[] scores = patches.scores();
        int[] taken = take(Arrays.stream(DescendingOrder.of(scores)).iterator(), patches);
        return SelectedPatches.firstOf(taken, taken.length, scores);
    }
}
