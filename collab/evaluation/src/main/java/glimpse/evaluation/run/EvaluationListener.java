package glimpse.evaluation.run;

import glimpse.evaluation.rows.ImageResult;

/** Follows the progress of an evaluation. Called by one thread at a time. */
public interface EvaluationListener {
    /**
     * Called once, before the first image.
     *
     * @param done images whose rows were there already when the run was resumed
     * @param total number of images
     */
    void started(int done, int total);

    /** Called after each image, once its row is written. */
    void imageFinished(ImageResult row);

    /** Called after the last image of each batch: rows arrive by batches, so rates are those of whole batches. */
    default void batchFinished() {}
}
