package glimpse.service.oip;

import glimpse.service.queue.Job;
import glimpse.service.queue.JobResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An inference that the queue has accepted. Thread-safe. */
public final class Inference {
    private final List<Job> jobs;
    private final int patches;
    private final long responseBytes;
    private final CompletableFuture<InferResponse> response;

    Inference(List<Job> jobs, int patches, long responseBytes, CompletableFuture<InferResponse> response) {
        this.jobs = List.copyOf(jobs);
        this.patches = patches;
        this.responseBytes = responseBytes;
        this.response = response;
    }

    /** Returns the future response; it fails with an {@link OipException}, or is cancelled by {@link #cancel}. */
    public CompletableFuture<InferResponse> response() {
        return response;
    }

    /** Returns the number of patches of all images. */
    public int patches() {
        return patches;
    }

    /** Returns the memory that was taken for the response. */
    public long responseBytes() {
        return responseBytes;
    }

    /** Returns what became of the first image, once there is a response. */
    public JobResult firstResult() {
        return jobs.getFirst().result().join();
    }

    /** Says that nobody waits for the response any more. */
    public void cancel() {
        jobs.forEach(Job::cancel);
    }
}
