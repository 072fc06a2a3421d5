package glimpse.evaluation.table;

import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.paper.Comparison;
import glimpse.evaluation.paper.PublishedFigure;
import glimpse.evaluation.paper.Quantity;
import java.util.List;

/** Comparisons for people. */
public final class ComparisonText {
    private ComparisonText() {}

    /** Returns setting, quantity, the published figure, ours, its interval, the difference in words, and the source. */
    public static List<String> cells(Comparison comparison) {
        PublishedFigure published = comparison.published();
        Quantity quantity = published.quantity();
        return List.of(
                published.setting().title(),
                quantity.title(),
                published.readable(),
                comparison.ours().map(ours -> quantity.text(ours.value())).orElse("–"),
                comparison
                        .ours()
                        .map(ours -> interval(ours.interval(), quantity))
                        .orElse("–"),
                comparison.sentence(),
                published.source());
    }

    private static String interval(Interval interval, Quantity quantity) {
        return quantity.text(interval.low()) + " to " + quantity.text(interval.high());
    }
}
