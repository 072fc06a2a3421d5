package glimpse.evaluation.report;

import glimpse.evaluation.front.Front;
import glimpse.evaluation.front.FrontRow;
import glimpse.evaluation.front.Measure;
import glimpse.evaluation.table.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Accuracy against communication as SVG, a line for each method: its colour tells what is sent, its marks the server,
 * its stroke whether there is a gate. Boxes in the legend hide lines, without a script.
 */
final class FrontChart {
    /** Number of colours in the page's style. */
    private static final int COLOURS = 9;

    private static final int LEFT = 60;
    private static final int RIGHT = 940;
    private static final int TOP = 30;
    private static final int BOTTOM = 460;
    private static final double BELOW_EDGE = 0.6; // of the distance from the edge alone to the best
    private static final double ABOVE_BEST = 0.1;
    private static final int LABEL_GAP = 13;

    private final Front front;
    private final Measure measure;
    private final List<FrontSeries> series;
    private final FrontScale across;
    private final FrontScale up;

    FrontChart(Front front, Measure measure) {
        this.front = front;
        this.measure = measure;
        this.series = FrontSeries.of(front, measure);
        double[] spent = series.stream()
                .flatMap(one -> one.points().stream())
                .mapToDouble(row -> row.here().of(measure))
                .toArray();
        double most = DoubleStream.of(spent).max().orElse(1);
        this.across = measure == Measure.COST
                ? FrontScale.linear(0, most * 1.02)
                : FrontScale.logarithmic(DoubleStream.of(spent).min().orElse(1) * 0.9, most * 1.1);
        double best = DoubleStream.concat(
                        series.stream()
                                .flatMap(one -> one.points().stream())
                                .mapToDouble(row -> row.here().top1()),
                        front.servers().stream().mapToDouble(Front.Server::wholeTop1))
                .filter(top1 -> !Double.isNaN(top1))
                .max()
                .orElse(1);
        double gain = Math.max(0.01, best - front.edgeTop1());
        this.up = FrontScale.linear(
                100 * Math.max(0, front.edgeTop1() - BELOW_EDGE * gain),
                100 * Math.min(1, Math.max(best, front.edgeTop1()) + ABOVE_BEST * gain));
    }

    /** Returns the chart with its legend; an empty string if there is no point to draw. */
    String html() {
        if (series.isEmpty()) {
            return "";
        }
        String id = measure.spec();
        StringBuilder html =
                new StringBuilder("<div class=\"front-chart\">\n").append(FrontLegend.html(front, series, id));
        html.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 960 510\" role=\"img\" aria-labelledby=\"front-t-%1$s\">%n"
                        + "<title id=\"front-t-%1$s\">Top-1 accuracy against %2$s, %3$d methods; the table below has the"
                        + " figures</title>%n"
                        + "<clipPath id=\"front-c-%1$s\"><rect x=\"%4$d\" y=\"%5$d\" width=\"%6$d\" height=\"%7$d\"/></clipPath>%n",
                id,
                measure == Measure.COST ? "communication cost" : "bytes per image",
                series.size(),
                LEFT,
                TOP - 8,
                RIGHT - LEFT + 8,
                BOTTOM - TOP + 8));
        axes(html);
        html.append("<g clip-path=\"url(#front-c-").append(id).append(")\">\n");
        series.forEach(one -> line(html, one));
        html.append("</g>\n");
        levels(html);
        return html.append("</svg>\n</div>\n").toString();
    }

    private void axes(StringBuilder svg) {
        for (double tick : up.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"grid\" d=\"M%d,%.1fH%d\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    y(tick),
                    RIGHT,
                    LEFT - 8,
                    y(tick) + 4,
                    number(tick)));
        }
        for (double tick : across.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"grid\" d=\"M%1$.1f,%2$dV%3$d\"/><text x=\"%1$.1f\" y=\"%4$d\" text-anchor=\"middle\">%5$s</text>%n",
                    x(tick),
                    TOP,
                    BOTTOM,
                    BOTTOM + 18,
                    measure == Measure.COST ? number(100 * tick) : String.format(Locale.ROOT, "%,.0f", tick)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text><text x=\"4\" y=\"14\">top-1, %%</text>%n",
                (LEFT + RIGHT) / 2,
                BOTTOM + 40,
                measure == Measure.COST
                        ? "communication, % of sending every image whole"
                        : "bytes up per image, logarithmic"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value - Math.rint(value)) < 1e-6 ? "%.0f" : "%.1f", value);
    }

    /** Draws the edge and the servers alone; where two lie close together, the names avoid each other. */
    private void levels(StringBuilder svg) {
        List<Front.Server> servers = front.servers().stream()
                .filter(server -> !Double.isNaN(server.wholeTop1()))
                .sorted((one, other) -> Double.compare(one.wholeTop1(), other.wholeTop1()))
                .toList();
        level(svg, 100 * front.edgeTop1(), "edge alone", 15);
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            double level = 100 * servers.get(i).wholeTop1();
            double below = i + 1 < servers.size() ? LABEL_GAP : -5;
            boolean free = taken.stream().allMatch(other -> Math.abs(other - (y(level) + below)) >= LABEL_GAP);
            level(svg, level, free ? servers.get(i).name() + ", whole images" : "", below);
            taken.add(y(level) + below);
        }
    }

    private void level(StringBuilder svg, double level, String name, double below) {
        svg.append(String.format(
                Locale.ROOT,
                "<path class=\"level\" d=\"M%d,%.1fH%d\"/><text class=\"level-name\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                LEFT,
                y(level),
                RIGHT,
                RIGHT,
                y(level) + below,
                Html.escaped(name)));
    }

    private void line(StringBuilder svg, FrontSeries one) {
        StringBuilder path = new StringBuilder();
        for (FrontRow row : one.points()) {
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f,%.1f",
                    path.isEmpty() ? "M" : "L",
                    x(row.here().of(measure)),
                    y(100 * row.here().top1())));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<g class=\"%s\"><path class=\"line\" d=\"%s\"><title>%s</title></path>%n",
                style(one),
                path,
                Html.escaped(front.name(one.method()))));
        for (FrontRow row : one.points()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"mark\" d=\"M%.1f,%.1f%s\"><title>%s</title></path>%n",
                    x(row.here().of(measure)),
                    y(100 * row.here().top1()),
                    shape(one.server()),
                    Html.escaped(front.name(one.method()) + ": " + describe(row))));
        }
        svg.append("</g>\n");
    }

    private static String describe(FrontRow row) {
        return String.format(
                Locale.ROOT,
                "%s (%.2f to %.2f) at cost %.3f, %,.0f bytes; %s",
                Numbers.percent(row.here().top1()),
                100 * row.interval().low(),
                100 * row.interval().high(),
                row.here().cost(),
                row.here().bytes(),
                PointText.name(row.point()));
    }

    /** Returns the classes of a method's line. */
    private static String style(FrontSeries one) {
        return "series " + (one.paper() ? "paper" : colour(one.upload()) + " u" + one.upload() + " v" + one.server())
                + (one.method().gated() ? " gated" : " every");
    }

    /** Returns the class with the colour of what is sent. */
    static String colour(int upload) {
        return "f" + upload % COLOURS;
    }

    /** Returns the mark of a server. */
    static String shape(int server) {
        return Chart.SHAPES.get(server % Chart.SHAPES.size());
    }

    private double x(double value) {
        return LEFT + across.at(value) * (RIGHT - LEFT);
    }

    private double y(double percent) {
        return BOTTOM - up.at(percent) * (BOTTOM - TOP);
    }
}
