package glimpse.evaluation.paper;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A published figure and ours. Immutable.
 *
 * @param published the published figure
 * @param ours our figure for the same setting; empty if there is none
 */
public record Comparison(PublishedFigure published, Optional<Measured> ours) {
    /** Whether a difference is within the interval of 95 %, extended by the published figure's own uncertainty. */
    public enum Verdict {
        /** It is. */
        WITHIN,
        /** Ours is higher. */
        ABOVE,
        /** Ours is lower. */
        BELOW,
        /** There is no figure of ours. */
        MISSING
    }

    /** Returns one comparison per published figure, in their order. */
    public static List<Comparison> of(List<PublishedFigure> published, Measurements ours) {
        return published.stream()
                .map(figure -> new Comparison(figure, ours.of(figure.setting(), figure.quantity())))
                .toList();
    }

    /** Returns ours less the published figure; NaN if there is none of ours. */
    public double difference() {
        return ours.map(measured -> measured.value() - published.value()).orElse(Double.NaN);
    }

    /** Returns whether the difference is within the interval. */
    public Verdict verdict() {
        if (ours.isEmpty()) {
            return Verdict.MISSING;
        }
        if (ours.get().interval().contains(published.value(), published.uncertainty())) {
            return Verdict.WITHIN;
        }
        return difference() > 0 ? Verdict.ABOVE : Verdict.BELOW;
    }

    /** Returns the verdict as a sentence. */
    public String sentence() {
        String by = published.quantity().difference(difference());
        return switch (verdict()) {
            case WITHIN -> "Within the 95 % interval.";
            case ABOVE -> "Higher by " + by + ", outside the 95 % interval.";
            case BELOW -> "Lower by " + by + ", outside the 95 % interval.";
            case MISSING ->
                published.setting() instanceof Setting.Curve(var score, double cost)
                        ? String.format(Locale.ROOT, "No sums of ours by %s enclose this cost.", score.spec())
                        : "Nothing of ours to compare with.";
        };
    }
}
