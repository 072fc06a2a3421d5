package glimpse.evaluation.network;

import glimpse.collab.select.NamedRandom;
import glimpse.collab.spec.SpecText;
import java.util.Optional;

/**
 * A way to the server on which packets are lost. Each packet is a datagram with IPv4 and UDP headers (28 bytes: RFC
 * 791, RFC 768). Which ones are lost depends on the image's name alone, so rows are the same in any order, batch or
 * process. Immutable.
 *
 * @param share of the packets that is lost, 0 to 0.99
 * @param packetBytes length of the longest packet, headers included, {@link #MIN_PACKET_BYTES}..65,535
 * @param meanBurst mean number of packets lost in a row; empty if each is lost independently of the others
 */
public record Erasure(double share, int packetBytes, Optional<Double> meanBurst) {
    /** How an erasure is written in an option. */
    public static final String SYNTAX =
            "loss:SHARE:MTU or loss:SHARE:MTU:BURST (SHARE of the packets, 0..0.99; MTU: the"
                    + " longest packet, 68..65535 bytes with IPv4 and UDP headers; BURST: mean packets lost in a row, at least 1 /"
                    + " (1 - SHARE); otherwise losses are independent)";

    /** What begins the text of an erasure. */
    public static final String NAME = "loss";

    /** The headers of each packet. */
    public static final int HEADER_BYTES = 28;

    /** The longest packet that every network carries (RFC 791). */
    static final int MIN_PACKET_BYTES = 68;

    private static final int MAX_PACKET_BYTES = 0xffff;
    private static final double MAX_SHARE = 0.99;
    private static final double MAX_BURST = 1e6;
    private static final long SEED = 0;

    /** Checks the ranges. */
    public Erasure {
        if (!(share >= 0 && share <= MAX_SHARE)) {
            throw new IllegalArgumentException("the loss is " + share + ", expected 0.." + MAX_SHARE);
        }
        if (packetBytes < MIN_PACKET_BYTES || packetBytes > MAX_PACKET_BYTES) {
            throw new IllegalArgumentException(
                    "packets have " + packetBytes + " bytes, expected " + MIN_PACKET_BYTES + ".." + MAX_PACKET_BYTES);
        }
        double least = PacketLosses.independentBurst(share);
        if (meanBurst.filter(burst -> !(burst >= least && burst <= MAX_BURST)).isPresent()) {
            throw new IllegalArgumentException(
                    "a burst has " + meanBurst.get() + " packets, expected " + least + ".." + MAX_BURST);
        }
    }

    /**
     * Reads an erasure as written in an option.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static Erasure parse(String text) {
        SpecText option = SpecText.parse(text);
        option.requireArguments(2, 3, SYNTAX);
        if (!option.name().equals(NAME)) {
            throw option.invalid(SYNTAX);
        }
        Optional<Double> burst =
                option.arguments().size() == 3 ? Optional.of(option.decimal(2, MAX_BURST, SYNTAX)) : Optional.empty();
        try {
            return new Erasure(option.decimal(0, MAX_SHARE, SYNTAX), option.integer(1, SYNTAX), burst);
        } catch (IllegalArgumentException e) {
            throw option.invalid(SYNTAX);
        }
    }

    /** Returns the erasure as written in an option; {@link #parse} reads it back. */
    public String spec() {
        return NAME + ":" + SpecText.plain(share) + ":" + packetBytes
                + meanBurst.map(burst -> ":" + SpecText.plain(burst)).orElse("");
    }

    /** Returns the most bytes of a packet without its headers. */
    public int payloadBytes() {
        return packetBytes - HEADER_BYTES;
    }

    /**
     * Returns which of an image's packets are lost.
     *
     * @param image the image's name
     * @param packets number of packets
     * @return {@code [packets]}, true for those that are lost
     */
    public boolean[] lost(String image, int packets) {
        PacketLosses losses = losses(new NamedRandom(SEED, image));
        boolean[] lost = new boolean[packets];
        for (int i = 0; i < packets; i++) {
            lost[i] = losses.next();
        }
        return lost;
    }

    /** Begins the losses of a series of packets. */
    PacketLosses losses(NamedRandom random) {
        return meanBurst
                .map(burst -> PacketLosses.inBursts(share, burst, random))
                .orElseGet(() -> PacketLosses.independent(share, random));
    }
}
