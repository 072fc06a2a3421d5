package glimpse.collab.select;

import glimpse.collab.spec.SpecText;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Selects patches that complement one another, as {@link ComplementingSelection} does, with a weight that depends on
 * how many there are: the fewer patches, the more it matters that they differ. A weight holds from its count up to the
 * next one's; the lowest count's weight holds below, too.
 *
 * @param budget decides how many
 * @param weights by the count from which each holds, at least one; counts are at least 1
 */
public record ComplementingByCount(PatchBudget budget, NavigableMap<Integer, Float> weights) implements PatchSelection {
    /** The most weights. */
    public static final int MAX_WEIGHTS = 16;

    /** Copies the weights and checks them. */
    public ComplementingByCount {
        Objects.requireNonNull(budget, "budget");
        weights = Collections.unmodifiableNavigableMap(new TreeMap<>(weights));
        if (weights.isEmpty() || weights.size() > MAX_WEIGHTS) {
            throw new IllegalArgumentException("there are " + weights.size() + " weights, expected 1.." + MAX_WEIGHTS);
        }
        if (weights.firstKey() < 1) {
            throw new IllegalArgumentException("a weight's count is " + weights.firstKey() + ", expected at least 1");
        }
        weights.values().forEach(weight -> {
            var _ = new ComplementingSelection(budget, weight); // checks its range
        });
    }

    /**
     * Reads weights.
     *
     * @param option the whole selection, for errors
     * @param texts each a weight, {@code @} and a count; the counts ascend
     */
    static ComplementingByCount parse(SpecText option, PatchBudget budget, List<String> texts) {
        NavigableMap<Integer, Float> weights = new TreeMap<>();
        for (String text : texts) {
            SpecText both = new SpecText(option.text(), ComplementingSelection.NAME, List.of(text.split("@", -1)));
            both.requireArguments(2, 2, SYNTAX);
            int count = both.integer(1, SYNTAX);
            if (count <= (weights.isEmpty() ? 0 : weights.lastKey()) || weights.size() == MAX_WEIGHTS) {
                throw option.invalid(SYNTAX);
            }
            weights.put(count, (float) both.decimal(0, Float.MAX_VALUE, SYNTAX));
        }
        return new ComplementingByCount(budget, weights);
    }

    @Override
    public SelectedPatches select(ScoredPatches patches, String image) {
        int most = Integer.MAX_VALUE; // with the weight at hand
        int from = weights.lastKey();
        int[] taken = take(patches, from);
        while (taken.length < from && from > weights.firstKey()) {
            most = from - 1;
            from = weights.headMap(from, false).lastKey();
            taken = take(patches, from);
        }
        return SelectedPatches.firstOf(taken, Math.min(taken.length, most), patches.scores());
    }

    private int[] take(ScoredPatches patches, int from) {
        float weight = Objects.requireNonNull(weights.get(from));
        return budget.take(new ComplementingOrder(patches, weight), patches);
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
        return weights.entrySet().stream()
                .map(from -> SpecText.plain(from.getValue()) + "@" + from.getKey())
                .collect(Collectors.joining(":", budget.spec() + "+" + ComplementingSelection.NAME + ":", ""));
    }
}
