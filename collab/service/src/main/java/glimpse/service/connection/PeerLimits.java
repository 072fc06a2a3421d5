package glimpse.service.connection;

import java.time.Duration;

/**
 * What one address may hold at once.
 *
 * @param connections that are open, at least 1
 * @param requests that have begun and whose responses aren't sent, at least 1
 * @param takeTime how long after a request's own time limit its connection closes if the client hasn't taken the
 *     response, above 0
 * @param idleTime after which, or after twice as long, a connection closes on which no request has begun or goes on,
 *     whatever the client sends, above 0
 */
public record PeerLimits(int connections, int requests, Duration takeTime, Duration idleTime) {
    /** Checks the ranges. */
    public PeerLimits {
        if (connections < 1) {
            throw new IllegalArgumentException("connections is " + connections + ", expected at least 1");
        }
        if (requests < 1) {
            throw new IllegalArgumentException("requests is " + requests + ", expected at least 1");
        }
        if (!takeTime.isPositive()) {
            throw new IllegalArgumentException("takeTime is " + takeTime + ", expected more than 0");
        }
        if (!idleTime.isPositive()) {
            throw new IllegalArgumentException("idleTime is " + idleTime + ", expected more than 0");
        }
    }
}
