package glimpse.engine.kernel;

/** A packed weight matrix, as far as reading ahead needs to know it. */
sealed interface Weights permits WeightTiles, WeightPanels {
    /** The packed values. */
    float[] data();

    /** Where in {@link #data} they begin. */
    int begin();
}
