package glimpse.service;

import java.time.Duration;

/**
 * What bounds requests and connections. Immutable; the {@code with} methods return changed copies.
 *
 * @param requestBytes the longest body, at least 1
 * @param bodyBytes the most that the bodies of all requests, and large responses, take at once, at least 1
 * @param requestTime the longest that a request may take, from its headers to its reply, above 0; the client has as
 *     long again to take the reply
 * @param idleTime after which a connection closes that has no request, or hasn't sent all of one's headers, above 0
 * @param connections the most at once, at least 1
 * @param peerConnections the most at once of one address, at least 1
 * @param peerRequests the most at once of one address, at least 1
 * @param drainTime how long a server that is shutting down waits for replies to be sent, above 0
 */
public record HttpLimits(
        long requestBytes,
        long bodyBytes,
        Duration requestTime,
        Duration idleTime,
        int connections,
        int peerConnections,
        int peerRequests,
        Duration drainTime) {
    /** 16 MiB, 256 MiB, 30 and 15 seconds, 1,024 connections, 512 of one address with 512 requests, 30 seconds. */
    public static final HttpLimits DEFAULT = new HttpLimits(
            1 << 24, 1 << 28, Duration.ofSeconds(30), Duration.ofSeconds(15), 1024, 512, 512, Duration.ofSeconds(30));

    /** Checks the ranges. */
    public HttpLimits {
        requireAtLeastOne("requestBytes", requestBytes);
        requireAtLeastOne("bodyBytes", bodyBytes);
        requirePositive("requestTime", requestTime);
        requirePositive("idleTime", idleTime);
        requireAtLeastOne("connections", connections);
        requireAtLeastOne("peerConnections", peerConnections);
        requireAtLeastOne("peerRequests", peerRequests);
        requirePositive("drainTime", drainTime);
    }

    private static void requireAtLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least 1");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is " + value + ", expected more than 0");
        }
    }

    /** Returns limits with other bounds on bodies. */
    public HttpLimits withBytes(long ofOneRequest, long ofAllBodies) {
        return new HttpLimits(
                ofOneRequest,
                ofAllBodies,
                requestTime,
                idleTime,
                connections,
                peerConnections,
                peerRequests,
                drainTime);
    }

    /** Returns limits with other times. */
    public HttpLimits withTimes(Duration ofRequest, Duration ofIdleConnection) {
        return new HttpLimits(
                requestBytes,
                bodyBytes,
                ofRequest,
                ofIdleConnection,
                connections,
                peerConnections,
                peerRequests,
                drainTime);
    }

    /** Returns limits with other bounds on what one address holds. */
    public HttpLimits withPeer(int itsConnections, int itsRequests) {
        return new HttpLimits(
                requestBytes, bodyBytes, requestTime, idleTime, connections, itsConnections, itsRequests, drainTime);
    }
}
