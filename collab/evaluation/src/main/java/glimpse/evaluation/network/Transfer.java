package glimpse.evaluation.network;

/**
 * What an exchange of two messages took.
 *
 * @param latencyMillis from the first byte sent to the last received; the server's own time isn't in it
 * @param sendingMillis the edge's radio on the air
 * @param receivingMillis the edge's radio taking in
 * @param packets sent in both directions, again ones among them
 * @param resent packets that had to be sent again
 */
public record Transfer(double latencyMillis, double sendingMillis, double receivingMillis, long packets, long resent) {
    /** Nothing sent: an image whose answer the edge kept. */
    public static final Transfer NONE = new Transfer(0, 0, 0, 0, 0);

    /** The edge's radio at work. */
    public double radioMillis() {
        return sendingMillis + receivingMillis;
    }

    /**
     * Energy of the edge's radio while it is at work, without what it goes on to take before it sleeps; NaN where the
     * link's powers aren't known.
     */
    public double radioMillijoules(Link link) {
        double upload = link.up().radioMilliwatts().orElse(Double.NaN) * sendingMillis;
        double receiving = link.down().radioMilliwatts().orElse(Double.NaN) * receivingMillis;
        return (upload + receiving) / 1000;
    }
}
