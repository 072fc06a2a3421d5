package glimpse.service.queue;

import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One model's place in the queue. Thread-safe. */
public final class ModelLane {
    final InferenceQueue queue;
    final BatchModel model;

    // what follows is guarded by the queue's lock
    final PassTime passTime;
    private final Map<Priority, Set<Job>> waiting = new EnumMap<>(Priority.class); // in the order of their arrival
    private final Map<Priority, Long> multiplyAdds = new EnumMap<>(Priority.class);
    /** The work that this model has had so far, moved up when it was idle: the least goes next. */
    long virtualTime;

    ModelLane(InferenceQueue queue, BatchModel model, PassTime passTime) {
        this.queue = queue;
        this.model = model;
        this.passTime = passTime;
        for (Priority priority : Priority.values()) {
            waiting.put(priority, new LinkedHashSet<>());
            multiplyAdds.put(priority, 0L);
        }
    }

    /**
     * Queues the patches of an image, which are released when the job has a result. If the image is refused, they
     * aren't.
     *
     * @param timeLeft how long the client still waits
     * @throws RefusedException if it would wait longer than the queue's limit or the client, or the queue is closed
     */
    public Job submit(ModelInput input, Priority priority, Duration timeLeft) throws RefusedException {
        return queue.submit(this, input, PassOutputs.LOGITS, priority, timeLeft);
    }

    /**
     * Queues the patches of several images together, so that they run as one batch if they fit. What one image of a
     * batch is asked for is computed for all, so they run with requests for the same outputs alone. Each image is
     * released when its job has a result; if they are refused, none is.
     *
     * @param outputs what the pass gives of each image
     * @param timeLeft how long the client still waits
     * @return one job per image, in the same order
     * @throws RefusedException as {@link #submit(ModelInput, Priority, Duration)}; none is queued then
     */
    public List<Job> submit(List<ModelInput> images, PassOutputs outputs, Priority priority, Duration timeLeft)
            throws RefusedException {
        return queue.submit(this, images, outputs, priority, timeLeft);
    }

    /**
     * Checks whether the queue would accept a request now, so that one that it wouldn't needn't be read.
     *
     * @param timeLeft how long the client still waits
     * @throws RefusedException as {@link #submit(ModelInput, Priority, Duration)}
     */
    public void check(Priority priority, Duration timeLeft) throws RefusedException {
        queue.check(this, priority, timeLeft);
    }

    void add(Job job) {
        jobs(job.priority).add(job);
        multiplyAdds.merge(job.priority, job.multiplyAdds, Long::sum);
    }

    boolean remove(Job job) {
        boolean removed = jobs(job.priority).remove(job);
        if (removed) {
            multiplyAdds.merge(job.priority, -job.multiplyAdds, Long::sum);
        }
        return removed;
    }

    Set<Job> jobs(Priority priority) {
        return waiting.getOrDefault(priority, Set.of());
    }

    boolean isEmpty() {
        return waiting.values().stream().allMatch(Set::isEmpty);
    }

    /** Estimates how long the model needs for the waiting requests of a priority. */
    long nanos(Priority priority) {
        return passTime.nanos(multiplyAdds.getOrDefault(priority, 0L));
    }
}
