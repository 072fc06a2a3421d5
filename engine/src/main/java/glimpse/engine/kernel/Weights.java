package glimpse.engine.kernel;

/** A packed weight matrix as the {@link WeightPrefetcher} sees it. */
sealed interface Weights permits WeightTiles, WeightPanels {
    /** Returns the packed values. */
    float[] data();

    /** Returns where in {@link #data} they begin. */
    int begin();
}
