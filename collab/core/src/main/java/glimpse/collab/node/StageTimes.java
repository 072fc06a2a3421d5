package glimpse.collab.node;

import java.time.Duration;

/**
 * How long an edge spent on one image.
 *
 * @param edge preprocessing and the edge's model
 * @param encode selecting patches and encoding the request; zero if nothing was selected
 * @param exchange waiting for the server; zero if it wasn't asked
 */
public record StageTimes(Duration edge, Duration encode, Duration exchange) {}
