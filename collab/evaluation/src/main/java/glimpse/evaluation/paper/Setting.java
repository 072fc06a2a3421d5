package glimpse.evaluation.paper;

import glimpse.collab.select.AttentionScore;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.Locale;

/** What a figure was published for. Immutable. */
public sealed interface Setting {
    /** Returns the setting for people. */
    String title();

    /** The edge alone. */
    record Edge() implements Setting {
        @Override
        public String title() {
            return "edge alone";
        }
    }

    /** The server alone, on whole images. */
    record Server() implements Setting {
        @Override
        public String title() {
            return "server alone";
        }
    }

    /** One operating point. */
    record Point(OperatingPoint point) implements Setting {
        @Override
        public String title() {
            String gate = point.gate().spec();
            return point.upload().score() + " / " + point.upload().selection() + ", "
                    + (gate.equals("always") ? "no gate" : gate);
        }
    }

    /**
     * Attention sums by one score without a gate, where the sum isn't published: ours is interpolated between our
     * neighbouring sums.
     *
     * @param cost the communication cost
     */
    record Curve(AttentionScore score, double cost) implements Setting {
        @Override
        public String title() {
            return String.format(Locale.ROOT, "%s / sums, no gate, at cost %.3f", score.spec(), cost);
        }
    }

    /**
     * Any method: ours is the most accurate of our operating points that cost no more.
     *
     * @param cost the communication cost
     */
    record Front(double cost) implements Setting {
        @Override
        public String title() {
            return String.format(Locale.ROOT, "best point at cost %.2f or less", cost);
        }
    }

    /**
     * Reads a setting.
     *
     * @param text {@code edge}, {@code server}, {@code front}, {@code curve:SCORE} or an operating point
     * @param cost the cost of a curve or front
     */
    static Setting parse(String text, String cost) {
        return switch (text) {
            case "edge" -> new Edge();
            case "server" -> new Server();
            case "front" -> new Front(Double.parseDouble(cost));
            default ->
                text.startsWith("curve:")
                        ? new Curve(
                                AttentionScore.parse(text.substring(text.indexOf(':') + 1)), Double.parseDouble(cost))
                        : new Point(OperatingPoint.parse(text));
        };
    }
}
