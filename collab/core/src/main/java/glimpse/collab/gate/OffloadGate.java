package glimpse.collab.gate;

import glimpse.collab.spec.SpecText;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the edge keeps its own answer. All comparisons are strict: a tie goes to the server, and so does an answer
 * whose measures are NaN. Immutable.
 */
public sealed interface OffloadGate {
    /** How gates are written in an option. */
    String SYNTAX = "min-entropy:BITS, shannon:BITS, margin:SHARE (several values joined by commas), always or never";

    /** Whether the edge's answer stands and nothing is sent. */
    boolean confident(Confidence confidence);

    /** The gate as it is written in an option; {@link #parse} reads it back. */
    String spec();

    /**
     * Reads gates as an option writes them: {@code min-entropy:0.8,1.0} is two.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static List<OffloadGate> parse(String text) {
        SpecText option = SpecText.parse(text);
        boolean measured = List.of("min-entropy", "shannon", "margin").contains(option.name());
        option.requireArguments(measured ? 1 : 0, measured ? 1 : 0, SYNTAX);
        if (!measured) {
            return switch (option.name()) {
                case "always" -> List.of(new Always());
                case "never" -> List.of(new Never());
                default -> throw option.invalid(SYNTAX);
            };
        }
        List<OffloadGate> gates = new ArrayList<>();
        for (String value : option.arguments().getFirst().split(",", -1)) {
            SpecText one = new SpecText(option.text(), option.name(), List.of(value));
            gates.add(
                    switch (one.name()) {
                        case "min-entropy" -> new MinEntropy(one.decimal(0, 64, SYNTAX));
                        case "shannon" -> new Shannon(one.decimal(0, 64, SYNTAX));
                        default -> new Margin(one.decimal(0, 1, SYNTAX));
                    });
        }
        return gates;
    }

    /** Confident if the min-entropy is below {@code bits}: 0.8 asks for a probability above 0.5743, 1.0 above 0.5. */
    record MinEntropy(double bits) implements OffloadGate {
        @Override
        public boolean confident(Confidence confidence) {
            return confidence.minEntropyBits() < bits;
        }

        @Override
        public String spec() {
            return "min-entropy:" + SpecText.plain(bits);
        }
    }

    /** Confident if the Shannon entropy is below {@code bits}. */
    record Shannon(double bits) implements OffloadGate {
        @Override
        public boolean confident(Confidence confidence) {
            return confidence.shannonBits() < bits;
        }

        @Override
        public String spec() {
            return "shannon:" + SpecText.plain(bits);
        }
    }

    /** Confident if the most probable class leads the second by more than {@code share}. */
    record Margin(double share) implements OffloadGate {
        @Override
        public boolean confident(Confidence confidence) {
            return confidence.margin() > share;
        }

        @Override
        public String spec() {
            return "margin:" + SpecText.plain(share);
        }
    }

    /** Always offloads: never confident. */
    record Always() implements OffloadGate {
        @Override
        public boolean confident(Confidence confidence) {
            return false;
        }

        @Override
        public String spec() {
            return "always";
        }
    }

    /** Never offloads: always confident, whatever the answer. */
    record Never() implements OffloadGate {
        @Override
        public boolean confident(Confidence confidence) {
            return true;
        }

        @Override
        public String spec() {
            return "never";
        }
    }
}
