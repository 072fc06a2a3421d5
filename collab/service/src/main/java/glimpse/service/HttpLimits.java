package glimpse.service;

import java.time.Duration;

/**
 * What bounds requests and connections.
 *
 * @param requestBytes the longest body, at least 1
 * @param requestTime the longest that a request may take, from its first bytes to the last of its reply, above 0
 * @param connections the most at once, at least 1
 * @param drainTime how long a server that is shutting down waits for replies to be sent, above 0
 */
public record HttpLimits(long requestBytes, Duration requestTime, int connections, Duration drainTime) {
    /** 16 MiB, 30 seconds, 1,024 connections, 30 seconds. */
    public static final HttpLimits DEFAULT =
            new HttpLimits(1 << 24, Duration.ofSeconds(30), 1024, Duration.ofSeconds(30));

    /** Checks the ranges. */
    public HttpLimits {
        if (requestBytes < 1) {
            throw new IllegalArgumentException("requestBytes is " + requestBytes + ", expected at least 1");
        }
        if (!requestTime.isPositive()) {
            throw new IllegalArgumentException("requestTime is " + requestTime + ", expected more than 0");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("connections is " + connections + ", expected at least 1");
        }
        if (!drainTime.isPositive()) {
            throw new IllegalArgumentException("drainTime is " + drainTime + ", expected more than 0");
        }
    }
}
