package glimpse.evaluation.run;

/** Hears how an evaluation goes on. Called by one thread at a time. */
public interface EvaluationListener {
    /**
     * The evaluation begins.
     *
     * @param done images that an earlier part of the run finished
     * @param total images in all
     */
    void begun(int done, int total);

    /** An image is finished and its row written. */
    void finished(ImageResult row);
}
