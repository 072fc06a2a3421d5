package glimpse.evaluation.report;

import glimpse.evaluation.metrics.ParetoFront;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.table.Headline;
import glimpse.evaluation.table.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Accuracy against communication as SVG: a mark for each point, its colour and shape by method, and the Pareto front.
 */
final class Chart {
    /** Number of colours in the page's style. */
    static final int COLOURS = 7;

    /** Shapes of marks, around the present point. */
    static final List<String> SHAPES = List.of(
            "m-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z", "m-4.5,-4.5h9v9h-9z", "m0,-6l6,6l-6,6l-6,-6z", "m0,-6l6,10h-12z");

    private final List<TableRow> rows;
    private final ResultTable table;
    private final TableRow chosen;
    private final Axis axis;
    private final List<String> methods;
    private final ChartFrame frame;

    /** What the horizontal axis shows. */
    enum Axis {
        COST("communication, % of sending all images whole", "communication"),
        BYTES("bytes up per image", "bytes up");

        private final String title;
        private final String name;

        Axis(String title, String name) {
            this.title = title;
            this.name = name;
        }

        double of(TableRow row) {
            return this == COST ? row.cost() : row.communication().upPerImage();
        }

        String text(double value) {
            return this == COST ? Numbers.percent(value) : String.format(Locale.ROOT, "%,.0f", value);
        }

        String tick(double value) {
            return this == COST
                    ? String.format(Locale.ROOT, "%.0f", 100 * value)
                    : String.format(Locale.ROOT, "%,.0f", value);
        }
    }

    Chart(ResultTable table, TableRow chosen, Axis axis) {
        this.table = table;
        // by the paper's cost, which counts patches, all file formats are the same point
        this.rows = table.rows().stream()
                .filter(row -> axis == Axis.BYTES || !(row.point().upload() instanceof Upload.WholeFile))
                .toList();
        this.chosen = chosen;
        this.axis = axis;
        this.methods = rows.stream()
                .map(row -> PointText.method(row.point()))
                .distinct()
                .toList();
        double most = rows.stream().mapToDouble(axis::of).max().orElse(1);
        double longest = axis == Axis.COST
                ? 1
                : ChartFrame.TICKS * ChartFrame.roundStep(Math.max(1, most) / ChartFrame.TICKS, 1, 2, 2.5, 5, 10);
        this.frame = ChartFrame.around(
                DoubleStream.concat(
                        rows.stream().mapToDouble(row -> row.collaborative().top1()),
                        DoubleStream.of(table.edge().top1(), table.serverBaselineTop1())),
                longest);
    }

    /** Returns the chart and its legend; an empty string if there is no point to draw. */
    String html() {
        if (rows.isEmpty()) {
            return "";
        }
        String id = axis.name().toLowerCase(Locale.ROOT);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 720 410\" role=\"img\" aria-labelledby=\"t-%1$s d-%1$s\">%n"
                        + "<title id=\"t-%1$s\">Accuracy against %2$s</title>%n<desc id=\"d-%1$s\">%3$s</desc>%n",
                id,
                axis.name,
                Html.escaped("Operating points: " + rows.size() + ", methods: " + methods.size() + ". "
                        + Headline.sentence(table, chosen))));
        frame.axes(svg, axis.title, axis::tick);
        frame.level(svg, table.edge().top1(), "edge alone", 15);
        frame.level(svg, table.serverBaselineTop1(), "server, whole images", -5);
        front(svg);
        for (TableRow row : rows) {
            int method = methods.indexOf(PointText.method(row.point()));
            svg.append(String.format(
                    Locale.ROOT,
                    "<path class=\"dot c%d\" d=\"M%.1f,%.1f%s\"><title>%s</title></path>%n",
                    method % COLOURS,
                    frame.x(axis.of(row)),
                    frame.y(row.collaborative().top1()),
                    SHAPES.get(method % SHAPES.size()),
                    Html.escaped(PointText.name(row.point()) + ": "
                            + Numbers.percent(row.collaborative().top1()) + ", " + axis.name + " "
                            + axis.text(axis.of(row)))));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<circle class=\"here\" cx=\"%.1f\" cy=\"%.1f\" r=\"9\"/>%n",
                frame.x(axis.of(chosen)),
                frame.y(chosen.collaborative().top1())));
        return svg.append("</svg>\n").append(legend()).toString();
    }

    private void front(StringBuilder svg) {
        StringBuilder line = new StringBuilder();
        for (TableRow row : ParetoFront.of(rows, axis::of)) {
            double x = frame.x(axis.of(row));
            // steps, as between two points only the cheaper one's accuracy is within the budget
            line.append(
                    line.isEmpty()
                            ? String.format(
                                    Locale.ROOT,
                                    "M%.1f,%.1f",
                                    x,
                                    frame.y(row.collaborative().top1()))
                            : String.format(
                                    Locale.ROOT,
                                    "H%.1fV%.1f",
                                    x,
                                    frame.y(row.collaborative().top1())));
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
        return legend.append("<li>line: Pareto front</li>\n<li>ring: the operating point</li>\n</ul>\n")
                .toString();
    }
}
