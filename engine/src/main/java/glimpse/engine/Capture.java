package glimpse.engine;

import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which softmaxed attention a forward pass keeps; more attention costs more work. Immutable. */
public sealed interface Capture {
    /** No attention, logits alone. */
    static Capture none() {
        return new None();
    }

    /**
     * The class token's row of the last layer, for each head: what the mean score needs. Of a model with attention pooling
     * it is the row of the pooling's query.
     */
    static Capture classRow() {
        return new ClassRow();
    }

    /**
     * The whole matrix of each head in some layers: what rollout needs; and the row of attention pooling, where there is
     * one.
     *
     * @param layers zero-based layers, at least one
     */
    static Capture fullMaps(SortedSet<Integer> layers) {
        return new FullMaps(layers);
    }

    /** The whole matrices of all layers of a model of this depth. */
    static Capture fullMaps(int depth) {
        SortedSet<Integer> layers = new TreeSet<>();
        for (int layer = 0; layer < depth; layer++) {
            layers.add(layer);
        }
        return new FullMaps(layers);
    }

    /** See {@link Capture#none()}. */
    record None() implements Capture {}

    /** See {@link Capture#classRow()}. */
    record ClassRow() implements Capture {}

    /** See {@link Capture#fullMaps(SortedSet)}. */
    record FullMaps(SortedSet<Integer> layers) implements Capture {
        /** Checks that there is a layer, and that none is negative. */
        public FullMaps {
            Objects.requireNonNull(layers);
            if (layers.isEmpty() || layers.first() < 0) {
                throw new IllegalArgumentException("layers is " + layers + ", expected at least one, from 0");
            }
            layers = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(layers));
        }
    }
}
