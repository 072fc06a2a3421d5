package glimpse.collab.gate;

import glimpse.collab.spec.SpecText;
import java.util.Arrays;
import java.util.List;

/**
 * Decides whether the edge's prediction stands or its image is offloaded. All comparisons are strict: a tie goes to the
 * server, and so does a prediction whose measures are NaN. Immutable, safe for use by several threads.
 */
public sealed interface OffloadGate {
    /** The syntax of gates in an option. */
    String SYNTAX = "min-entropy:BITS, shannon:BITS, margin:SHARE (several values joined by commas), always or never";

    /** The highest entropy that a gate takes, in bits: no model has 2<sup>64</sup> classes. */
    double MAX_BITS = 64;

    /** Returns whether the edge's prediction stands and nothing is sent. */
    boolean confident(Confidence confidence);

    /** Returns the gate in the syntax of an option; {@link #parseOne} reads it back. */
    String spec();

    /**
     * Confident if the min-entropy is below {@code bits}: 0.8 requires a probability above 0.5743, 1.0 above 0.5.
     *
     * @param bits 0..{@value #MAX_BITS}
     * @throws IllegalArgumentException if {@code bits} is out of range
     */
    static OffloadGate minEntropy(double bits) {
        return new MinEntropy(bits);
    }

    /**
     * Confident if the Shannon entropy is below {@code bits}.
     *
     * @param bits 0..{@value #MAX_BITS}
     * @throws IllegalArgumentException if {@code bits} is out of range
     */
    static OffloadGate shannon(double bits) {
        return new Shannon(bits);
    }

    /**
     * Confident if the probability of the most probable class exceeds that of the second by more than {@code share}.
     *
     * @param share 0..1
     * @throws IllegalArgumentException if {@code share} is out of range
     */
    static OffloadGate margin(double share) {
        return new Margin(share);
    }

    /** Offloads every image. */
    static OffloadGate always() {
        return new Always();
    }

    /** Offloads no image, whatever its prediction. */
    static OffloadGate never() {
        return new Never();
    }

    /**
     * Parses the gates of an option: {@code min-entropy:0.8,1.0} stands for two.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static List<OffloadGate> parse(String text) {
        SpecText option = SpecText.parse(text);
        boolean measured = List.of("min-entropy", "shannon", "margin").contains(option.name());
        option.requireArguments(measured ? 1 : 0, measured ? 1 : 0, SYNTAX);
        if (!measured) {
            return switch (option.name()) {
                case "always" -> List.of(always());
                case "never" -> List.of(never());
                default -> throw option.invalid(SYNTAX);
            };
        }
        return Arrays.stream(option.arguments().getFirst().split(",", -1))
                .map(value -> measured(new SpecText(option.text(), option.name(), List.of(value))))
                .toList();
    }

    /**
     * Parses a single gate.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static OffloadGate parseOne(String text) {
        List<OffloadGate> gates = parse(text);
        if (gates.size() > 1) {
            throw SpecText.parse(text).invalid("a single gate");
        }
        return gates.getFirst();
    }

    private static OffloadGate measured(SpecText option) {
        return switch (option.name()) {
            case "min-entropy" -> minEntropy(option.decimal(0, MAX_BITS, SYNTAX));
            case "shannon" -> shannon(option.decimal(0, MAX_BITS, SYNTAX));
            default -> margin(option.decimal(0, 1, SYNTAX));
        };
    }

    private static void requireRange(String name, double value, double max) {
        if (!(value >= 0 && value <= max)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 0.." + SpecText.plain(max));
        }
    }

    /**
     * See {@link OffloadGate#minEntropy}.
     *
     * @param bits 0..{@value OffloadGate#MAX_BITS}
     */
    record MinEntropy(double bits) implements OffloadGate {
        /** Checks the range. */
        public MinEntropy {
            requireRange("bits", bits, MAX_BITS);
        }

        @Override
        public boolean confident(Confidence confidence) {
            return confidence.minEntropyBits() < bits;
        }

        @Override
        public String spec() {
            return "min-entropy:" + SpecText.plain(bits);
        }
    }

    /**
     * See {@link OffloadGate#shannon}.
     *
     * @param bits 0..{@value OffloadGate#MAX_BITS}
     */
    record Shannon(double bits) implements OffloadGate {
        /** Checks the range. */
        public Shannon {
            requireRange("bits", bits, MAX_BITS);
        }

        @Override
        public boolean confident(Confidence confidence) {
            return confidence.shannonBits() < bits;
        }

        @Override
        public String spec() {
            return "shannon:" + SpecText.plain(bits);
        }
    }

    /**
     * See {@link OffloadGate#margin}.
     *
     * @param share 0..1
     */
    record Margin(double share) implements OffloadGate {
        /** Checks the range. */
        public Margin {
            requireRange("share", share, 1);
        }

        @Override
        public boolean confident(Confidence confidence) {
            return confidence.margin() > share;
        }

        @Override
        public String spec() {
            return "margin:" + SpecText.plain(share);
        }
    }

    /** See {@link OffloadGate#always}. */
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

    /** See {@link OffloadGate#never}. */
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
