package glimpse.evaluation.report;

import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The axes of a chart: accuracy upwards, communication to the right.
 *
 * @param lowest accuracy at the bottom, 0..1
 * @param highest accuracy at the top, 0..1
 * @param step between accuracies with a tick, of which the bottom's and the top's are multiples
 * @param longest value at the right end
 */
record ChartFrame(double lowest, double highest, double step, double longest) {
    private static final int LEFT = 64;
    private static final int RIGHT = 700;
    private static final int TOP = 36;
    private static final int BOTTOM = 360;
    private static final double MARGIN = 0.06;
    private static final double LEAST_MARGIN = 0.005;
    private static final double ONE_PERCENT = 0.01;

    private static final int MOST_STEPS_UP = 8; // between the lowest and the highest accuracy

    /** Number of steps between the ends of the horizontal axis. */
    static final int TICKS = 5;

    /** Returns a frame around some accuracies, of which those that are NaN don't count. */
    static ChartFrame around(DoubleStream accuracies, double longest) {
        double[] known = accuracies.filter(accuracy -> !Double.isNaN(accuracy)).toArray();
        double low = DoubleStream.of(known).min().orElse(0);
        double high = DoubleStream.of(known).max().orElse(1);
        double margin = Math.max(LEAST_MARGIN, (high - low) * MARGIN);
        double step = roundStep((high - low + 2 * margin) / MOST_STEPS_UP, 1, 2, 5, 10);
        return new ChartFrame(
                Math.max(0, Math.floor((low - margin) / step) * step),
                Math.min(1, Math.ceil((high + margin) / step) * step),
                step,
                longest);
    }

    /**
     * Returns the least round number that is at least {@code least}.
     *
     * @param factors what a round number is, times a power of ten: ascending, the last of them 10
     */
    static double roundStep(double least, double... factors) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return DoubleStream.of(factors)
                .map(factor -> factor * power)
                .filter(step -> step >= least * (1 - 1e-9))
                .findFirst()
                .orElse(10 * power);
    }

    /** Draws the axes. */
    void axes(StringBuilder svg, String title, DoubleFunction<String> tickText) {
        String digits = step < ONE_PERCENT ? "%.1f" : "%.0f";
        for (long tick = Math.round(lowest / step); tick <= Math.round(highest / step); tick++) {
            double accuracy = tick * step;
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"grid\" d=\"M%1$d,%2$.1fH%3$d\"/><text x=\"%4$d\" y=\"%5$.1f\" text-anchor=\"end\">%6$s</text>%n",
                    LEFT,
                    y(accuracy),
                    RIGHT,
                    LEFT - 8,
                    y(accuracy) + 4,
                    String.format(Locale.ROOT, digits, 100 * accuracy)));
        }
        for (int tick = 0; tick <= TICKS; tick++) {
            double share = (double) tick / TICKS;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                    x(share * longest),
                    BOTTOM + 18,
                    tick == TICKS ? "end" : "middle",
                    tickText.apply(share * longest)));
        }
        svg.append("<text x=\"384\" y=\"402\" text-anchor=\"middle\">")
                .append(title)
                .append("</text>\n")
                .append("<text x=\"4\" y=\"16\">top-1, %</text>\n");
    }

    /** Draws an accuracy as a dotted line across the chart; nothing for NaN. */
    void level(StringBuilder svg, double accuracy, String name, int below) {
        if (!Double.isNaN(accuracy)) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"level\" d=\"M%d,%.1fH%d\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    y(accuracy),
                    RIGHT,
                    RIGHT,
                    y(accuracy) + below,
                    name));
        }
    }

    double x(double along) {
        return LEFT + along / longest * (RIGHT - LEFT);
    }

    double y(double accuracy) {
        return BOTTOM - (accuracy - lowest) / (highest - lowest) * (BOTTOM - TOP);
    }
}
