package glimpse.evaluation.paper;

/**
 * A figure as it was published. Immutable.
 *
 * @param setting what it was measured for
 * @param quantity what it measures
 * @param value the figure, in the quantity's unit
 * @param uncertainty how far off it may be: half a unit of the last digit printed or, of one that was read off a
 *     drawing, the uncertainty of reading
 * @param text the figure with the digits that were published
 * @param source where it was published
 */
public record PublishedFigure(
        Setting setting, Quantity quantity, double value, double uncertainty, String text, String source) {
    /** Returns the figure as published; with the uncertainty of reading, if it was read off a drawing. */
    public String readable() {
        return (isRead() ? text + " ± " + uncertainty : text) + quantity.unit();
    }

    /** Returns whether it was read off a drawing. */
    public boolean isRead() {
        return source.contains("read off");
    }
}
