package glimpse.evaluation.network;

import java.util.Optional;

/**
 * A link between edge and server. Immutable.
 *
 * @param name as an option writes it
 * @param source where each figure comes from, in words; what is assumed says so
 * @param up from edge to server
 * @param down from server to edge
 * @param roundTripMillis without the time that the bytes themselves take, at least 0
 * @param packetBytes the longest packet, headers included
 * @param headerBytes of each packet, fewer than {@code packetBytes}
 */
public record Link(
        String name,
        String source,
        Direction up,
        Direction down,
        double roundTripMillis,
        int packetBytes,
        int headerBytes) {
    /** Checks the ranges. */
    public Link {
        if (!(roundTripMillis >= 0) || Double.isInfinite(roundTripMillis)) {
            throw new IllegalArgumentException("the round trip is " + roundTripMillis + " ms, expected at least 0");
        }
        if (headerBytes < 0 || packetBytes <= headerBytes) {
            throw new IllegalArgumentException("a packet has " + packetBytes + " bytes, " + headerBytes
                    + " of them header, expected fewer of the latter");
        }
    }

    /**
     * One direction of a link.
     *
     * @param kilobitsPerSecond above 0, 1 kbit being 1000 bits
     * @param lossShare packets that get lost, each for itself, 0 to below 1
     * @param radioMilliwatts what the edge's radio takes while these bytes are on the air; empty if unknown
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

        /** How long some bytes are on the air. */
        double millis(long bytes) {
            return bytes * 8 / kilobitsPerSecond;
        }
    }

    /** Bytes of a message that a packet holds at most. */
    public int payloadBytes() {
        return packetBytes - headerBytes;
    }
}
