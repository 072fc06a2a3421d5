package glimpse.collab.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Accuracy against communication as SVG: a mark for each point, told apart by colour and shape, and the Pareto front. */
final class Chart {
    private static final int LEFT = 64;
    private static final int RIGHT = 704;
    private static final int TOP = 16;
    private static final int BOTTOM = 360;
    private static final int TICKS = 5;
    private static final int COLOURS = 7;
    private static final List<String> SHAPES = List.of(
            "m-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z", "m-4.5,-4.5h9v9h-9z", "m0,-6l6,6l-6,6l-6,-6z", "m0,-6l6,10h-12z");

    private final List<OperatingPoint> points;
    private final List<String> methods;
    private final double lowest;
    private final double highest;

    Chart(List<OperatingPoint> points) {
        this.points = List.copyOf(points);
        this.methods = points.stream().map(OperatingPoint::method).distinct().toList();
        double[] accuracies = points.stream()
                .flatMapToDouble(p -> DoubleStream.of(p.collaborative(), p.edge(), p.serverWhole()))
                .filter(accuracy -> !Double.isNaN(accuracy))
                .toArray();
        double low = DoubleStream.of(accuracies).min().orElse(0);
        double high = DoubleStream.of(accuracies).max().orElse(1);
        double margin = Math.max(0.005, (high - low) * 0.06);
        this.lowest = Math.max(0, low - margin);
        this.highest = Math.min(1, high + margin);
    }

    /** The chart and its legend. */
    String html() {
        OperatingPoint first = points.getFirst();
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 720 410\" role=\"img\" aria-labelledby=\"ct cd\">\n");
        svg.append("<title id=\"ct\">Accuracy against communication</title>\n<desc id=\"cd\">")
                .append(Html.escaped("Operating points: " + points.size() + ", methods: " + methods.size()
                        + "; the table below has their numbers"))
                .append("</desc>\n");
        axes(svg);
        level(svg, first.edge(), "edge alone", 15);
        level(svg, first.serverWhole(), "server, whole images", -5);
        front(svg);
        for (OperatingPoint point : points) {
            int method = methods.indexOf(point.method());
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"c%d\" d=\"M%.1f,%.1f%s\"><title>%s</title></path>%n",
                    method % COLOURS,
                    x(point.cost()),
                    y(point.collaborative()),
                    SHAPES.get(method % SHAPES.size()),
                    Html.escaped(point.name() + ": " + Html.percent(point.collaborative()) + ", communication "
                            + Html.percent(point.cost()))));
        }
        return svg.append("</svg>\n").append(legend()).toString();
    }

    private void axes(StringBuilder svg) {
        for (int tick = 0; tick <= TICKS; tick++) {
            double share = (double) tick / TICKS;
            double accuracy = lowest + share * (highest - lowest);
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"grid\" d=\"M%1$d,%2$.1fH%3$d\"/><text x=\"%4$d\" y=\"%5$.1f\" text-anchor=\"end\">%6$.1f</text>%n",
                    LEFT,
                    y(accuracy),
                    RIGHT,
                    LEFT - 8,
                    y(accuracy) + 4,
                    100 * accuracy));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>%n",
                    x(share),
                    BOTTOM + 18,
                    100 * share));
        }
        svg.append("<text x=\"384\" y=\"402\" text-anchor=\"middle\">")
                .append("communication, % of sending every image whole</text>\n")
                .append("<text transform=\"translate(14,188) rotate(-90)\" text-anchor=\"middle\">top-1, %</text>\n");
    }

    private void level(StringBuilder svg, double accuracy, String name, int below) {
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

    private void front(StringBuilder svg) {
        StringBuilder line = new StringBuilder();
        for (OperatingPoint point : ParetoFront.of(points)) {
            // a step: what lies between two points is had at the cheaper one's accuracy
            line.append(
                    line.isEmpty()
                            ? String.format(Locale.ROOT, "M%.1f,%.1f", x(point.cost()), y(point.collaborative()))
                            : String.format(Locale.ROOT, "H%.1fV%.1f", x(point.cost()), y(point.collaborative())));
        }
        svg.append("<path class=\"front\" d=\"").append(line).append("\"/>\n");
    }

    private String legend() {
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
        for (int method = 0; method < methods.size(); method++) {
            legend.append(String.format(
                    Locale.ROOT,
                    "<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"c%d\" d=\"M7,7%s\"/></svg> %s</li>%n",
                    method % COLOURS,
                    SHAPES.get(method % SHAPES.size()),
                    Html.escaped(methods.get(method))));
        }
        return legend.append("<li>line: Pareto front</li>\n</ul>\n").toString();
    }

    private static double x(double cost) {
        return LEFT + cost * (RIGHT - LEFT);
    }

    private double y(double accuracy) {
        return BOTTOM - (accuracy - lowest) / (highest - lowest) * (BOTTOM - TOP);
    }
}
