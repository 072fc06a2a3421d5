package glimpse.engine;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Some layers of a model, or all layers of any model. Immutable.
 *
 * @param all whether it is all layers; {@code chosen} is then empty
 * @param chosen zero-based layers
 */
record LayerSet(boolean all, SortedSet<Integer> chosen) {
    static final LayerSet NONE = new LayerSet(false, Collections.emptySortedSet());
    static final LayerSet ALL = new LayerSet(true, Collections.emptySortedSet());

    /**
     * Returns the set of the given layers.
     *
     * @throws IllegalArgumentException if there are none or one is negative
     */
    static LayerSet of(Collection<Integer> layers) {
        SortedSet<Integer> chosen = new TreeSet<>(layers);
        if (chosen.isEmpty() || chosen.first() < 0) {
            throw new IllegalArgumentException("layers is " + layers + ", expected at least one layer, counted from 0");
        }
        return new LayerSet(false, Collections.unmodifiableSortedSet(chosen));
    }

    boolean isEmpty() {
        return !all && chosen.isEmpty();
    }

    boolean contains(int layer) {
        return all || chosen.contains(layer);
    }

    LayerSet union(LayerSet other) {
        if (all || other.all) {
            return ALL;
        }
        SortedSet<Integer> both = new TreeSet<>(chosen);
        both.addAll(other.chosen);
        return new LayerSet(false, Collections.unmodifiableSortedSet(both));
    }

    /**
     * Checks that a model has all the chosen layers.
     *
     * @throws IllegalArgumentException naming the last layer that it doesn't have
     */
    void requireWithin(int depth) {
        if (!chosen.isEmpty() && chosen.last() >= depth) {
            throw new IllegalArgumentException(
                    "layer " + chosen.last() + " is to be captured, expected layers 0.." + (depth - 1));
        }
    }

    @Override
    public String toString() {
        return all ? "all layers" : "layers " + chosen;
    }
}
