package glimpse.collab.node;

import java.util.Objects;

/**
 * A request that fits the server's model, ready for a forward pass. Immutable.
 *
 * @param requestId repeated by the reply
 * @param input of the model
 */
public record AcceptedRequest(int requestId, ModelInput input) {
    /** Checks that nothing is null. */
    public AcceptedRequest {
        Objects.requireNonNull(input, "input");
    }
}
