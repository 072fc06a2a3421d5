package glimpse.evaluation.report;

import glimpse.evaluation.quality.Reliability;
import glimpse.evaluation.quality.ReliabilityBin;
import glimpse.evaluation.table.Numbers;
import java.util.List;
import java.util.Locale;

/**
 * A reliability diagram as SVG: the accuracy of each bin as a bar, its mean confidence as a mark, and the diagonal on
 * which a calibrated model's bars end.
 */
final class ReliabilityDiagram {
    private static final int LEFT = 64;
    private static final int TOP = 32;
    private static final int SIDE = 300;
    private static final int BOTTOM = TOP + SIDE;
    private static final int TICKS = 5;

    private ReliabilityDiagram() {}

    /**
     * Returns the diagram.
     *
     * @param name whose predictions they are
     * @param number tells the diagrams of a page apart
     */
    static String svg(String name, Reliability reliability, int number) {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 384 384\" role=\"img\" aria-labelledby=\"t-r%1$d d-r%1$d\">%n"
                        + "<title id=\"t-r%1$d\">Reliability of %2$s</title>%n<desc id=\"d-r%1$d\">Accuracy against"
                        + " confidence in 15 bins. Expected calibration error %3$s.</desc>%n",
                number,
                Html.escaped(name),
                Numbers.percent(reliability.expectedCalibrationError())));
        axes(svg);
        List<ReliabilityBin> bins = reliability.bins();
        for (int i = 0; i < bins.size(); i++) {
            if (bins.get(i).images() > 0) {
                bar(svg, i, bins.get(i));
            }
        }
        return svg.append(String.format(
                        Locale.ROOT, "<path class=\"level\" d=\"M%d,%dL%d,%d\"/>%n", LEFT, BOTTOM, LEFT + SIDE, TOP))
                .append("</svg>\n")
                .toString();
    }

    private static void bar(StringBuilder svg, int index, ReliabilityBin bin) {
        double x = LEFT + Reliability.lower(index) * SIDE;
        double width = (double) SIDE / Reliability.BINS - 1;
        svg.append(String.format(
                Locale.ROOT,
                "<g><title>confidence %s, accuracy %s, %,d images</title>"
                        + "<rect class=\"c0\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>"
                        + "<rect class=\"c1\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"3\"/></g>%n",
                Numbers.percent(bin.confidence()),
                Numbers.percent(bin.accuracy()),
                bin.images(),
                x,
                BOTTOM - bin.accuracy() * SIDE,
                width,
                bin.accuracy() * SIDE,
                x,
                BOTTOM - bin.confidence() * SIDE - 1.5,
                width));
    }

    private static void axes(StringBuilder svg) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double at = (double) tick / TICKS;
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"grid\" d=\"M%1$d,%2$.1fH%3$d\"/><text x=\"%4$d\" y=\"%5$.1f\" text-anchor=\"end\">%6$.0f</text>"
                            + "<text x=\"%7$.1f\" y=\"%8$d\" text-anchor=\"middle\">%6$.0f</text>%n",
                    LEFT,
                    BOTTOM - at * SIDE,
                    LEFT + SIDE,
                    LEFT - 8,
                    BOTTOM - at * SIDE + 4,
                    100 * at,
                    LEFT + at * SIDE,
                    BOTTOM + 18));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">confidence, %%</text><text x=\"4\" y=\"14\">accuracy, %%</text>%n",
                LEFT + SIDE / 2,
                BOTTOM + 40));
    }
}
