package glimpse.collab.node;

import glimpse.engine.PatchSequence;
import java.util.Objects;

/**
 * A request that fits the server's model, ready for a forward pass. Immutable.
 *
 * @param requestId repeated by the reply
 * @param patches the model's input
 */
public record AcceptedRequest(int requestId, PatchSequence patches) {
    /** Checks that nothing is null. */
    public AcceptedRequest {
        Objects.requireNonNull(patches, "patches");
    }
}
