package glimpse.service.queue;

import java.util.ArrayList;
import java.util.List;

/**
 * The batches that run, and what may run beside them. If fewer requests wait than there are threads, they run as one
 * batch on all threads, which divide each image's pass among themselves. If there are enough for every thread, each
 * thread runs its own share: threads that don't wait for one another in every layer do more together. Guarded by the
 * queue's lock.
 */
final class RunningBatches {
    private final int threads;
    private final List<Batch> running;

    /**
     * Creates the set.
     *
     * @param threads that run the models
     */
    RunningBatches(int threads) {
        this.threads = threads;
        this.running = new ArrayList<>(threads); // adding a batch takes no memory, which may be short
    }

    /** Returns whether a free thread may start a batch now. */
    boolean admits(int waiting) {
        if (waiting == 0) {
            return false;
        }
        // with fewer, the next batch waits for all threads, lest most of them stay idle
        return running.isEmpty() || (areShares() && waiting >= threads - running.size());
    }

    /** Returns by how many threads the waiting requests are divided; 1 if the next batch is to run on all threads. */
    int shares(int waiting) {
        return areShares() || waiting >= threads ? threads : 1;
    }

    void add(Batch batch) {
        running.add(batch);
    }

    void remove(Batch batch) {
        running.remove(batch);
    }

    /** Returns how long all threads together would have been busy with what a batch did in this time. */
    long nanosOfAllThreads(Batch batch, long nanos) {
        return batch.share() ? nanos / threads : nanos;
    }

    /** Estimates how many nanoseconds of all threads' time the running batches still need. */
    long remainingNanos(long now) {
        long remaining = 0;
        for (Batch batch : running) {
            long elapsed = nanosOfAllThreads(batch, now - batch.startNanos());
            remaining += Math.max(0, batch.lane().passTime.nanos(batch.multiplyAdds()) - elapsed);
        }
        return remaining;
    }

    /**
     * Estimates how long the pass of another request will take once it runs: its result comes with those of its batch,
     * which is as large as those that wait can make it.
     *
     * @param batchPatches the most patches in a batch on all threads
     */
    long passNanos(ModelLane lane, long multiplyAdds, int patches, int waiting, int batchPatches) {
        int shares = shares(waiting + 1);
        int fitting = Math.max(1, batchPatches / shares / Math.max(1, patches));
        return lane.passTime.nanos(multiplyAdds * Math.min(fitting, waiting + 1)) * shares;
    }

    private boolean areShares() {
        return !running.isEmpty() && running.getFirst().share();
    }
}
