package glimpse.service.metrics;

import java.util.Map;

/**
 * What a model has done so far.
 *
 * @param lastInferenceMillis when it last ran, in milliseconds since 1970; 0 if it hasn't
 * @param inferences images
 * @param executions batches
 * @param success requests with a response
 * @param fail requests with an error
 * @param queue how long images waited
 * @param computeInput decoding of requests
 * @param computeInfer passes of the batches that images were in
 * @param computeOutput making of responses
 * @param batches passes by the number of images, ascending
 */
public record ModelStatistics(
        long lastInferenceMillis,
        long inferences,
        long executions,
        Total success,
        Total fail,
        Total queue,
        Total computeInput,
        Total computeInfer,
        Total computeOutput,
        Map<Integer, Total> batches) {
    /** A number of events and the time of all together. */
    public record Total(long count, long nanos) {
        static final Total NONE = new Total(0, 0);

        Total plus(long moreNanos) {
            return new Total(count + 1, nanos + moreNanos);
        }
    }

    /** Nothing yet. */
    static final ModelStatistics NONE = new ModelStatistics(
            0, 0, 0, Total.NONE, Total.NONE, Total.NONE, Total.NONE, Total.NONE, Total.NONE, Map.of());
}
