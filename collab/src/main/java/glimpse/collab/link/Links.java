package glimpse.collab.link;

import glimpse.collab.link.Link.Direction;
import glimpse.collab.select.OptionText;
import java.util.List;
import java.util.Optional;

/**
 * Links to reckon with. Their figures are typical, not worst; each says where it comes from. All packets carry IPv4 and
 * TCP headers with time stamps (52 bytes: RFC 791, RFC 9293, RFC 7323).
 */
public final class Links {
    /** How a link is written in an option. */
    public static final String FORM = "lte, 5g, wifi, nb-iot or link:UP_KBIT:DOWN_KBIT:ROUND_TRIP_MS:LOSS";

    private static final int TCP_HEADER_BYTES = 52;

    /** What a device on a cellular network is told to keep to: 3GPP TS 23.060, annex C. */
    private static final int CELLULAR_PACKET_BYTES = 1358;

    /** RFC 894. */
    private static final int ETHERNET_PACKET_BYTES = 1500;

    private static final double MOST_KILOBITS = 1e9;
    private static final double MOST_MILLIS = 1e6;

    private Links() {}

    /** 4G as measured on phones. */
    public static Link lte() {
        return new Link(
                "lte",
                "Rates (medians, 6 and 13 Mbit/s), round trip (median, 70 ms) and power (1288 mW + 438 mW per Mbit/s up,"
                        + " 52 down): Huang et al., A Close Examination of Performance and Power Characteristics of 4G"
                        + " LTE Networks, MobiSys 2012. Loss 0.1 %: assumed, for the path behind the radio; the radio"
                        + " bearer itself is to lose 1e-6 (3GPP TS 23.203, table 6.1.7, QCI 9).",
                new Direction(6_000, 0.001, Optional.of(3918.0)),
                new Direction(13_000, 0.001, Optional.of(1964.0)),
                70,
                CELLULAR_PACKET_BYTES,
                TCP_HEADER_BYTES);
    }

    /** 5G as it is required to be. */
    public static Link fiveG() {
        return new Link(
                "5g",
                "Rates (50 and 100 Mbit/s): user experienced data rates of ITU-R M.2410-0, 4.3, dense urban. Power: twice"
                        + " LTE's at its own rates, the lower end of what Xu et al. found (Understanding Operational 5G,"
                        + " SIGCOMM 2020: 2 to 3 times). Round trip 25 ms and loss 0.1 %: assumed.",
                new Direction(50_000, 0.001, Optional.of(7836.0)),
                new Direction(100_000, 0.001, Optional.of(3928.0)),
                25,
                CELLULAR_PACKET_BYTES,
                TCP_HEADER_BYTES);
    }

    /** Wi-Fi of a small device, the server near. */
    public static Link wifi() {
        return new Link(
                "wifi",
                "Rates (32.5 Mbit/s): half of the 65 Mbit/s of one 802.11n stream in 20 MHz (IEEE 802.11-2012, MCS 7),"
                        + " for what access to the medium takes: assumed. Round trip 20 ms: the median delay of the"
                        + " Wi-Fi hop in Pei et al., WiFi can be the weakest link of round trip network latency in the"
                        + " wild, INFOCOM 2016. Power: ESP32 data sheet (180 mA sending, 100 mA receiving at 3.3 V)."
                        + " Loss 1 % after the hop's own retries: assumed.",
                new Direction(32_500, 0.01, Optional.of(594.0)),
                new Direction(32_500, 0.01, Optional.of(330.0)),
                20,
                ETHERNET_PACKET_BYTES,
                TCP_HEADER_BYTES);
    }

    /** The narrow band of small sensors. */
    public static Link nbIot() {
        return new Link(
                "nb-iot",
                "Rates (62.5 and 26.15 kbit/s): peak of category NB1 with several tones, as transport blocks and delays"
                        + " of 3GPP TS 36.213 (release 13) allow and makers of modems state. Power: 3GPP TR 45.820"
                        + " (543 mW sending at 23 dBm, 90 mW receiving). Round trip 1600 ms and loss 1 %: assumed,"
                        + " normal coverage; TR 45.820 allows 10 s.",
                new Direction(62.5, 0.01, Optional.of(543.0)),
                new Direction(26.15, 0.01, Optional.of(90.0)),
                1600,
                CELLULAR_PACKET_BYTES,
                TCP_HEADER_BYTES);
    }

    /** All of the above. */
    public static List<Link> presets() {
        return List.of(lte(), fiveG(), wifi(), nbIot());
    }

    /**
     * Reads a link as an option writes it.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static Link parse(String text) {
        OptionText option = OptionText.parse(text);
        if (option.name().equals("link")) {
            option.requireArguments(4, 4, FORM);
            return own(option);
        }
        option.requireArguments(0, 0, FORM);
        return presets().stream()
                .filter(link -> link.name().equals(option.name()))
                .findFirst()
                .orElseThrow(() -> option.unusable(FORM));
    }

    private static Link own(OptionText option) {
        double loss = option.decimal(3, 1, FORM);
        double up = option.decimal(0, MOST_KILOBITS, FORM);
        double down = option.decimal(1, MOST_KILOBITS, FORM);
        if (loss == 1 || up == 0 || down == 0) {
            throw option.unusable(FORM);
        }
        return new Link(
                option.text(),
                "as given",
                new Direction(up, loss, Optional.empty()),
                new Direction(down, loss, Optional.empty()),
                option.decimal(2, MOST_MILLIS, FORM),
                ETHERNET_PACKET_BYTES,
                TCP_HEADER_BYTES);
    }
}
