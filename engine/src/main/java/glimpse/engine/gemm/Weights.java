package glimpse.engine.gemm;

import glimpse.engine.packed.PackedWeights;

/** A packed weight matrix as the {@link WeightPrefetcher} sees it. */
sealed interface Weights permits WeightTiles, WeightPanels {
    /** Returns the packed weights, in the order in which they are read. */
    PackedWeights packed();
}
