package glimpse.service.queue;

import java.time.Duration;

/**
 * What bounds a queue.
 *
 * @param batchPatches the most patches in one batch, at least 1; an image with more runs alone
 * @param requests the most requests that wait, at least 1
 * @param maxWait the longest estimated wait at which a request is still accepted, above 0
 */
public record QueueLimits(int batchPatches, int requests, Duration maxWait) {
    /** Checks the ranges. */
    public QueueLimits {
        if (batchPatches < 1) {
            throw new IllegalArgumentException("batchPatches is " + batchPatches + ", expected at least 1");
        }
        if (requests < 1) {
            throw new IllegalArgumentException("requests is " + requests + ", expected at least 1");
        }
        if (!maxWait.isPositive()) {
            throw new IllegalArgumentException("maxWait is " + maxWait + ", expected more than 0");
        }
    }
}
