package glimpse.service.queue;

import glimpse.collab.node.NormalisedBatch;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Requests that run together: of one model, and with the same outputs.
 *
 * @param full whether it left others waiting because it had all the patches that fit
 * @param share whether it is one thread's share, which runs beside those of others
 */
record Batch(ModelLane lane, Priority priority, List<Job> jobs, boolean full, boolean share, long startNanos) {
    /**
     * Runs the model, on all threads or, if this is a share, on the calling one. An image that can't be normalised has
     * a result of its own, and the others run.
     *
     * @param thread the number of the calling thread
     * @param cancelled whether nobody waits for the batch any more
     * @return one result per request, in the same order
     */
    List<ServerResult> run(int thread, BooleanSupplier cancelled) {
        NormalisedBatch normalised =
                NormalisedBatch.of(jobs.stream().map(job -> job.input).toList());
        List<PatchSequence> images = normalised.images();
        return normalised.results(images.isEmpty() ? List.of() : run(thread, images, cancelled));
    }

    private List<ServerResult> run(int thread, List<PatchSequence> images, BooleanSupplier cancelled) {
        List<ServerResult> results = share
                ? lane.model.runBeside(thread, images, outputs(), cancelled)
                : lane.model.run(images, outputs(), cancelled);
        if (results.size() != images.size()) {
            throw new IllegalStateException("model " + lane.model.name() + " gave " + results.size() + " results for "
                    + images.size() + " images");
        }
        return results;
    }

    private PassOutputs outputs() {
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
