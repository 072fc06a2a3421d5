package glimpse.service.queue;

/**
 * A batch that has run.
 *
 * @param model the model's name
 * @param priority of its requests
 * @param images how many
 * @param patches of all images
 * @param full whether it left others waiting because it had all the patches that fit
 * @param modelNanos how long the model took; if it was one thread's share, its part of all threads' time
 */
public record BatchReport(String model, Priority priority, int images, int patches, boolean full, long modelNanos) {}
