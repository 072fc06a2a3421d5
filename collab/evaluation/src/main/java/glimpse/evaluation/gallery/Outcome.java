package glimpse.evaluation.gallery;

/** What the method does to an image's prediction, where that is worth showing. */
public enum Outcome {
    /** The edge was wrong and not confident; the server was right. */
    CORRECTED,

    /** The edge was right and not confident; the server was wrong. */
    WORSENED,

    /** The edge was right and confident: nothing was sent. */
    CONFIDENT_AND_RIGHT,

    /** The edge was wrong and confident: nothing was sent. */
    CONFIDENT_AND_WRONG;

    /** Returns whether images of this outcome are offloaded. */
    public boolean isOffloaded() {
        return this == CORRECTED || this == WORSENED;
    }
}
