package glimpse.service.trace;

import glimpse.collab.channel.TraceParent;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has been replied to.
 *
 * @param parent the client's step, if it named one
 * @param name of the span: method and route
 * @param startMicros when the request began, in microseconds since 1970
 * @param nanos how long it took
 * @param status of the HTTP response
 * @param attributes by name; values are strings, booleans, longs or doubles
 * @param run the model's part, if it ran
 */
public record TracedRequest(
        Optional<TraceParent> parent,
        String name,
        long startMicros,
        long nanos,
        int status,
        Map<String, Object> attributes,
        Optional<ModelRun> run) {
    /** Copies the attributes. */
    public TracedRequest {
        attributes = Map.copyOf(attributes);
    }

    /**
     * The model's part of a request.
     *
     * @param endNanos when it ended, from the request's beginning
     * @param queueNanos how long the request waited before it
     * @param modelNanos how long the batch ran
     * @param batchImages how many images ran together
     */
    public record ModelRun(long endNanos, long queueNanos, long modelNanos, int batchImages) {}
}
