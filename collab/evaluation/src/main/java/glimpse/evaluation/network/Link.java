package glimpse.evaluation.network;

import java.util.Optional;

/**
 * A link between edge and server. Immutable.
 *
 * @param name the link as written in an option
 * @param source where each figure comes from, or that it is assumed, in words
 * @param up from edge to server
 * @param down from server to edge
 * @param roundTripMillis round-trip time without the transmission of the bytes themselves, at least 0
 * @param packetBytes length of the longest packet, headers included
 * @param headerBytes headers of each packet, fewer than {@code packetBytes}
 * @param erasure decides which packets to the server are lost, in place of the direction's own share of losses; empty
 *     on most links
 */
public record Link(
        String name,
        String source,
        Direction up,
        Direction down,
        double roundTripMillis,
        int packetBytes,
        int headerBytes,
        Optional<Erasure> erasure) {
    /** Checks the ranges. */
    public Link {
        if (!(roundTripMillis >= 0) || Double.isInfinite(roundTripMillis)) {
            throw new IllegalArgumentException("the round trip is " + roundTripMillis + " ms, expected at least 0");
        }
        if (headerBytes < 0 || packetBytes <= headerBytes) {
            throw new IllegalArgumentException(
                    "a packet of " + packetBytes + " bytes has " + headerBytes + " bytes of headers, expected fewer");
        }
    }

    /** Makes a link whose packets are lost independently of one another. */
    public Link(
            String name,
            String source,
            Direction up,
            Direction down,
            double roundTripMillis,
            int packetBytes,
            int headerBytes) {
        this(name, source, up, down, roundTripMillis, packetBytes, headerBytes, Optional.empty());
    }

    /**
     * Returns this link with other losses and packets on the way to the server; the headers stay those of TCP, which
     * sends again what is lost.
     *
     * @throws IllegalArgumentException if its packets aren't longer than their headers
     */
    public Link with(Erasure losses) {
        return new Link(
                name + Links.AND + losses.spec(),
                source,
                up,
                down,
                roundTripMillis,
                losses.packetBytes(),
                headerBytes,
                Optional.of(losses));
    }

    /**
     * One direction of a link.
     *
     * @param kilobitsPerSecond above 0, 1 kbit being 1000 bits
     * @param lossShare probability that a packet is lost, independent of others, 0 to below 1
     * @param radioMilliwatts power of the edge's radio while these bytes are on the air; empty if unknown
     */
    public record Direction(double kilobitsPerSecond, double lossShare, Optional<Double> radioMilliwatts) {
        /** Checks the ranges. */
        public Direction {
            if (!(kilobitsPerSecond > 0) || Double.isInfinite(kilobitsPerSecond)) {
                throw new IllegalArgumentException("the rate is " + kilobitsPerSecond + " kbit/s, expected above 0");
            }
            if (!(lossShare >= 0 && lossShare < 1)) {
                throw new IllegalArgumentException("the loss is " + lossShare + ", expected 0 to below 1");
            }
            if (radioMilliwatts.filter(power -> !(power >= 0)).isPresent()) {
                throw new IllegalArgumentException("the power is " + radioMilliwatts + " mW, expected at least 0");
            }
        }

        /** Returns how long some bytes are on the air. */
        double millis(long bytes) {
            return bytes * 8 / kilobitsPerSecond;
        }
    }

    /** Returns the most bytes of a message that one packet holds. */
    public int payloadBytes() {
        return packetBytes - headerBytes;
    }
}
