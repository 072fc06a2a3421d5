package glimpse.evaluation.network;

/**
 * What a request and its reply took. Immutable.
 *
 * @param latencyMillis from the first byte sent to the last byte received, without the server's own time
 * @param sendingMillis time during which the edge's radio sends
 * @param receivingMillis time during which the edge's radio receives
 * @param packets packets sent in both directions, including resent ones
 * @param resent packets that had to be resent
 */
public record Transfer(double latencyMillis, double sendingMillis, double receivingMillis, long packets, long resent) {
    /** Nothing sent: a confident image. */
    public static final Transfer NONE = new Transfer(0, 0, 0, 0, 0);

    /** Returns this followed by another. */
    Transfer then(Transfer next) {
        return new Transfer(
                latencyMillis + next.latencyMillis,
                sendingMillis + next.sendingMillis,
                receivingMillis + next.receivingMillis,
                packets + next.packets,
                resent + next.resent);
    }

    /** Returns the time during which the edge's radio is active. */
    public double radioMillis() {
        return sendingMillis + receivingMillis;
    }

    /**
     * Returns the energy of the edge's radio while it sends and receives, without the tail before it sleeps; NaN if the
     * link's powers are unknown.
     */
    public double radioMillijoules(Link link) {
        double sending = link.up().radioMilliwatts().orElse(Double.NaN) * sendingMillis;
        double receiving = link.down().radioMilliwatts().orElse(Double.NaN) * receivingMillis;
        return (sending + receiving) / 1000;
    }
}
