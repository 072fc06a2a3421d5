package glimpse.collab.node;

import glimpse.collab.select.SelectedPatches;
import java.time.Duration;
import java.util.Objects;

/**
 * A round of an upload that the server was asked about. Immutable.
 *
 * @param number of the round, from 1
 * @param sent what the server has with it
 * @param upBytes bytes of the requests that the server answered: one, but two if it no longer had the earlier patches,
 *     and none if it gave no answer
 * @param answer what came of it
 * @param exchange the time from request to reply
 */
public record AnsweredRound(int number, SelectedPatches sent, int upBytes, ServerAnswer answer, Duration exchange) {
    /** Checks that nothing is null. */
    public AnsweredRound {
        Objects.requireNonNull(sent, "sent");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(exchange, "exchange");
    }
}
