package glimpse.service.queue;

import glimpse.collab.node.ServerResult;

/**
 * What became of a request that the model ran.
 *
 * @param result of the image
 * @param batchImages how many images ran together
 * @param queueNanos how long it waited
 * @param modelNanos how long the batch ran
 * @param endNanos when it ended, in {@link System#nanoTime}'s time
 */
public record JobResult(ServerResult result, int batchImages, long queueNanos, long modelNanos, long endNanos) {}
