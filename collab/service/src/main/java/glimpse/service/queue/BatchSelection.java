package glimpse.service.queue;

import glimpse.collab.node.PassOutputs;
import glimpse.service.queue.RefusedException.Reason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The waiting requests, and the choice of those that run next. Interactive requests go before bulk, but every fourth
 * batch is bulk if there is any. Among models the one goes next that has had the least work so far (start-time fair
 * queueing), its requests in the order of their arrival; those that want other outputs than the first wait for a batch
 * of their own. Guarded by the queue's lock.
 */
final class BatchSelection {
    private static final int INTERACTIVE_IN_A_ROW = 3;

    private final int batchPatches;
    private final Set<ModelLane> busy = new LinkedHashSet<>(); // lanes with waiting requests
    private int waiting;
    private int interactiveInARow; // batches that went although bulk was waiting
    private long virtualTime; // of the lane that went last

    BatchSelection(int batchPatches) {
        this.batchPatches = batchPatches;
    }

    int waiting() {
        return waiting;
    }

    boolean isWaiting(Priority priority) {
        return busy.stream().anyMatch(lane -> !lane.jobs(priority).isEmpty());
    }

    void add(Job job) {
        ModelLane lane = job.lane;
        if (busy.add(lane)) {
            if (virtualTime - lane.virtualTime > 0) { // months of work overflow, their difference doesn't
                lane.virtualTime = virtualTime;
            }
        }
        lane.add(job);
        waiting++;
    }

    boolean remove(Job job) {
        boolean removed = job.lane.remove(job);
        if (removed) {
            waiting--;
            if (job.lane.isEmpty()) {
                busy.remove(job.lane);
            }
        }
        return removed;
    }

    /** Estimates how long the models need for the waiting requests of a priority. */
    long nanos(Priority priority) {
        return busy.stream().mapToLong(lane -> lane.nanos(priority)).sum();
    }

    /**
     * Takes the next batch out of the queue.
     *
     * @param shares by how many threads the waiting requests are divided; 1 for a batch on all threads
     * @param expired receives requests whose deadline has passed
     * @return empty if nothing waits
     */
    Optional<Batch> next(long now, int shares, List<Job> expired) {
        busy.stream()
                .flatMap(lane -> List.of(Priority.values()).stream().flatMap(one -> lane.jobs(one).stream()))
                .filter(job -> job.isPast(now))
                .forEach(expired::add);
        expired.forEach(this::remove);
        boolean interactive = isWaiting(Priority.INTERACTIVE);
        boolean bulk = isWaiting(Priority.BULK);
        if (!interactive && !bulk) {
            return Optional.empty();
        }
        boolean bulkGoes = bulk && (!interactive || interactiveInARow >= INTERACTIVE_IN_A_ROW);
        interactiveInARow = bulkGoes || !bulk ? 0 : interactiveInARow + 1;
        return Optional.of(take(bulkGoes ? Priority.BULK : Priority.INTERACTIVE, now, shares));
    }

    private Batch take(Priority priority, long now, int shares) {
        int mostImages = (waiting + shares - 1) / shares;
        int mostPatches = batchPatches / shares;
        ModelLane lane = busy.stream()
                .filter(one -> !one.jobs(priority).isEmpty())
                .min((one, other) -> Long.signum(one.virtualTime - other.virtualTime))
                .orElseThrow();
        List<Job> taken = new ArrayList<>();
        int patches = 0;
        boolean full = false;
        PassOutputs outputs = lane.jobs(priority).iterator().next().outputs;
        Iterator<Job> jobs = lane.jobs(priority).stream()
                .filter(job -> job.outputs.equals(outputs))
                .iterator();
        while (jobs.hasNext() && !full && taken.size() < mostImages) {
            Job job = jobs.next();
            full = !taken.isEmpty() && patches + job.input.patches() > mostPatches;
            if (!full) {
                taken.add(job);
                patches += job.input.patches();
            }
        }
        Batch batch = new Batch(lane, priority, taken, full, shares > 1, now);
        long multiplyAdds = batch.multiplyAdds();
        taken.forEach(this::remove); // last, since nobody would run them if memory ran out in between
        virtualTime = lane.virtualTime;
        lane.virtualTime += multiplyAdds;
        return batch;
    }

    static RefusedException deadlinePassed() {
        return new RefusedException(Reason.DEADLINE_PASSED, "the deadline passed before there was a result", 1);
    }
}
