package glimpse.service.queue;

import glimpse.service.queue.RefusedException.Reason;

/** Tells another listener, whose failures end neither the caller's thread nor its request. Thread-safe. */
final class GuardedListener implements QueueListener {
    private final QueueListener listener;
    private final FirstFailure failures;

    GuardedListener(QueueListener listener, FirstFailure failures) {
        this.listener = listener;
        this.failures = failures;
    }

    @Override
    public void batchRan(BatchReport batch) {
        tell(() -> listener.batchRan(batch));
    }

    @Override
    public void refused(String model, Reason reason) {
        tell(() -> listener.refused(model, reason));
    }

    @Override
    public void cancelled(String model) {
        tell(() -> listener.cancelled(model));
    }

    @Override
    public void batchStopped(String model) {
        tell(() -> listener.batchStopped(model));
    }

    private void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error e) {
            failures.report("counting what the queue does", e);
        }
    }
}
