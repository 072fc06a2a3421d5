package glimpse.service.oip;

import glimpse.service.queue.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request for an inference, for one or more images.
 *
 * @param id chosen by the client and repeated by the response; may be empty
 * @param inputs in the client's order
 * @param outputs in the client's order; empty for logits, probabilities and labels
 * @param binaryByDefault whether outputs come as binary data if {@code outputs} is empty
 * @param priority the client's, if it has one
 * @param timeout how long the client waits, if it says so
 */
public record InferRequest(
        String id,
        List<InputTensor> inputs,
        List<RequestedOutput> outputs,
        boolean binaryByDefault,
        Optional<Priority> priority,
        Optional<Duration> timeout) {
    private static final long NANOS_PER_MICRO = 1000;

    /** Copies the lists. */
    public InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Returns what the number of a priority means: 1 is the highest, 0 the server's choice, others are bulk. */
    public static Optional<Priority> priority(long number) {
        if (number == 0) {
            return Optional.empty();
        }
        return Optional.of(number == 1 ? Priority.INTERACTIVE : Priority.BULK);
    }

    /** Returns what the number of a timeout means: microseconds, 0 for none. */
    public static Optional<Duration> timeout(long micros) {
        return micros <= 0 || micros > Long.MAX_VALUE / NANOS_PER_MICRO
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(micros * NANOS_PER_MICRO));
    }
}
