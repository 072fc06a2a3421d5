package glimpse.service.queue;

import glimpse.collab.node.PassOutputs;
import glimpse.engine.PatchSequence;
import java.util.List;

/**
 * Requests that run together: of one model, and with the same outputs.
 *
 * @param full whether it left others waiting because it had all the patches that fit
 * @param share whether it is one thread's share, which runs beside those of others
 */
record Batch(ModelLane lane, Priority priority, List<Job> jobs, boolean full, boolean share, long startNanos) {
    List<PatchSequence> images() {
        return jobs.stream().map(job -> job.input.sequence()).toList();
    }

    PassOutputs outputs() {
        return jobs.getFirst().outputs;
    }

    int patches() {
        return jobs.stream().mapToInt(job -> job.input.patches()).sum();
    }

    /** Returns whether nobody waits for the result of any image. */
    boolean isAbandoned(long now) {
        for (Job job : jobs) {
            if (!job.isCancelled() && !job.isPast(now)) {
                return false;
            }
        }
        return true;
    }

    long multiplyAdds() {
        return jobs.stream().mapToLong(job -> job.multiplyAdds).sum();
    }
}
