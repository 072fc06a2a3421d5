package glimpse.evaluation.network;

import glimpse.collab.spec.SpecText;
import glimpse.evaluation.network.Link.Direction;
import java.util.List;
import java.util.Optional;

/**
 * Preset links, and links given by their figures. The presets are typical rather than worst cases; each says where its
 * figures come from and which are assumed. All packets carry IPv4 and TCP headers with timestamps (52 bytes: RFC 791,
 * RFC 9293, RFC 7323).
 */
public final class Links {
    /** How a link is written in an option. */
    public static final String SYNTAX = "lte, wifi, nb-iot or link:UP_KBIT:DOWN_KBIT:ROUND_TRIP_MS:LOSS";

    /** Stands in a link's name before its losses. */
    static final String AND = "/";

    private static final int TCP_HEADER_BYTES = 52;

    /** What the tunnels of cellular networks leave of 1500 bytes (3GPP TS 23.060, annex C). */
    private static final int CELLULAR_PACKET_BYTES = 1358;

    /** RFC 894. */
    private static final int ETHERNET_PACKET_BYTES = 1500;

    private static final double MOST_KILOBITS = 1e9;
    private static final double MOST_MILLIS = 1e6;

    private Links() {}

    /** Returns LTE as measured on phones. */
    public static Link lte() {
        return new Link(
                "lte",
                "Rates of 6 and 13 Mbit/s: medians of Huang et al., A Close Examination of Performance and Power"
                        + " Characteristics of 4G LTE Networks, MobiSys 2012 (abstract). Round trip 70 ms and loss 0.1 %:"
                        + " assumed.",
                new Direction(6_000, 0.001, Optional.empty()),
                new Direction(13_000, 0.001, Optional.empty()),
                70,
                CELLULAR_PACKET_BYTES,
                TCP_HEADER_BYTES);
    }

    /** Returns the Wi-Fi of a small device, with the server nearby. */
    public static Link wifi() {
        return new Link(
                "wifi",
                "Rates of 32.5 Mbit/s: half of the 65 Mbit/s of one 802.11n stream in 20 MHz (MCS 7), the rest being"
                        + " lost to medium access: assumed. Round trip 20 ms: more than half of the packets took at least"
                        + " this long on the Wi-Fi hop in Pei et al., WiFi can be the weakest link of round trip network"
                        + " latency in the wild, INFOCOM 2016 (abstract). Power: 200 mA sending at MCS 7 and 63 mA"
                        + " receiving, at 3.3 V (Espressif, ESP32-S2-WROOM data sheet 1.1, table 7). Loss 1 % after the"
                        + " hop's own retries: assumed.",
                new Direction(32_500, 0.01, Optional.of(660.0)),
                new Direction(32_500, 0.01, Optional.of(207.9)),
                20,
                ETHERNET_PACKET_BYTES,
                TCP_HEADER_BYTES);
    }

    /** Returns NB-IoT, the narrow band of small sensors. */
    public static Link nbIot() {
        return new Link(
                "nb-iot",
                "Rates of 62 and 26 kbit/s: peak of LTE Cat NB1; round trip 1600 ms: the lower end of its 1.6 to 10 s"
                        + " (both as tabulated at blog.mbedded.ninja, Cellular Communication Protocols, 2024). Loss 1 %:"
                        + " assumed.",
                new Direction(62, 0.01, Optional.empty()),
                new Direction(26, 0.01, Optional.empty()),
                1600,
                CELLULAR_PACKET_BYTES,
                TCP_HEADER_BYTES);
    }

    /** Returns all presets. */
    public static List<Link> presets() {
        return List.of(lte(), wifi(), nbIot());
    }

    /**
     * Reads a link by its name: as written in an option, perhaps followed by the losses that replace its own.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static Link ofName(String name) {
        int and = name.indexOf(AND);
        return and < 0 ? parse(name) : parse(name.substring(0, and)).with(Erasure.parse(name.substring(and + 1)));
    }

    /**
     * Reads a link as written in an option.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static Link parse(String text) {
        SpecText option = SpecText.parse(text);
        if (option.name().equals("link")) {
            option.requireArguments(4, 4, SYNTAX);
            return own(option);
        }
        option.requireArguments(0, 0, SYNTAX);
        return presets().stream()
                .filter(link -> link.name().equals(option.name()))
                .findFirst()
                .orElseThrow(() -> option.invalid(SYNTAX));
    }

    private static Link own(SpecText option) {
        double loss = option.decimal(3, 1, SYNTAX);
        double up = option.decimal(0, MOST_KILOBITS, SYNTAX);
        double down = option.decimal(1, MOST_KILOBITS, SYNTAX);
        if (loss == 1 || up == 0 || down == 0) {
            throw option.invalid(SYNTAX);
        }
        return new Link(
                option.text(),
                "as given",
                new Direction(up, loss, Optional.empty()),
                new Direction(down, loss, Optional.empty()),
                option.decimal(2, MOST_MILLIS, SYNTAX),
                ETHERNET_PACKET_BYTES,
                TCP_HEADER_BYTES);
    }
}
