package glimpse.service.queue;

/** Is told what a queue does. Called by several threads; must be quick. What it throws is logged once and ignored. */
public interface QueueListener {
    /** A listener that ignores everything. */
    QueueListener NONE = new QueueListener() {};

    /** A batch has run. */
    default void batchRan(BatchReport batch) {}

    /** A request wasn't computed. */
    default void refused(String model, RefusedException.Reason reason) {}

    /** A request was cancelled, and the model computes nothing for it, or nothing more. */
    default void cancelled(String model) {}

    /** The model stopped in the middle of a batch that nobody waited for any more. */
    default void batchStopped(String model) {}
}
