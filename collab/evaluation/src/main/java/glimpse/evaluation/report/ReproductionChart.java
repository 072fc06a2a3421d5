package glimpse.evaluation.report;

import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.report.ReproductionSeries.Mark;
import glimpse.evaluation.table.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Accuracy against cost as SVG: our points with their 95 % intervals, joined by method, and published ones hollow. */
final class ReproductionChart {
    private final String id;
    private final String title;
    private final ResultTable table;
    private final List<ReproductionSeries> series;
    private final ChartFrame frame;

    ReproductionChart(String id, String title, ResultTable table, List<ReproductionSeries> series) {
        this.id = id;
        this.title = title;
        this.table = table;
        this.series = series;
        DoubleStream marks = series.stream()
                .flatMapToDouble(one -> DoubleStream.concat(
                        one.ours().stream().mapToDouble(Mark::top1),
                        one.published().stream().mapToDouble(Mark::top1)));
        this.frame = ChartFrame.around(
                DoubleStream.concat(marks, DoubleStream.of(table.edge().top1(), table.serverBaselineTop1())), 1);
    }

    /** Returns the chart and its legend. */
    String html() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 720 410\" role=\"img\" aria-labelledby=\"t-%1$s\">%n<title id=\"t-%1$s\">%2$s</title>%n",
                id,
                Html.escaped(title)));
        frame.axes(
                svg,
                "communication, % of sending all images whole",
                cost -> String.format(Locale.ROOT, "%.0f", 100 * cost));
        frame.level(svg, table.edge().top1(), "our edge alone", 15);
        frame.level(svg, table.serverBaselineTop1(), "our server, whole images", -5);
        for (int i = 0; i < series.size(); i++) {
            ours(svg, series.get(i).ours(), i);
        }
        for (int i = 0; i < series.size(); i++) {
            for (Mark mark : series.get(i).published()) {
                svg.append(path("published s" + i % Chart.COLOURS, mark, i));
            }
        }
        return svg.append("</svg>\n").append(legend()).toString();
    }

    private void ours(StringBuilder svg, List<Mark> marks, int index) {
        StringBuilder line = new StringBuilder();
        StringBuilder bars = new StringBuilder();
        for (Mark mark : marks) {
            double x = frame.x(mark.cost());
            line.append(String.format(Locale.ROOT, "%s%.1f,%.1f", line.isEmpty() ? "M" : "L", x, frame.y(mark.top1())));
            Interval interval = Interval.ofShare(mark.top1(), table.images());
            bars.append(String.format(
                    Locale.ROOT,
                    "M%.1f,%.1fV%.1f",
                    x,
                    frame.y(Math.max(interval.low(), frame.lowest())),
                    frame.y(Math.min(interval.high(), frame.highest()))));
        }
        if (!marks.isEmpty()) {
            String colour = " s" + index % Chart.COLOURS;
            svg.append("<path class=\"ours")
                    .append(colour)
                    .append("\" d=\"")
                    .append(line)
                    .append("\"/>\n");
            svg.append("<path class=\"bar")
                    .append(colour)
                    .append("\" d=\"")
                    .append(bars)
                    .append("\"/>\n");
        }
        marks.forEach(mark -> svg.append(path("c" + index % Chart.COLOURS, mark, index)));
    }

    private String path(String style, Mark mark, int index) {
        return String.format(
                Locale.ROOT,
                "<path class=\"%s\" d=\"M%.1f,%.1f%s\"><title>%s</title></path>%n",
                style,
                frame.x(mark.cost()),
                frame.y(mark.top1()),
                Chart.SHAPES.get(index % Chart.SHAPES.size()),
                Html.escaped(mark.label() + ": " + Numbers.percent(mark.top1()) + ", cost "
                        + Numbers.number("%.3f", mark.cost())));
    }

    private String legend() {
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
        for (int i = 0; i < series.size(); i++) {
            legend.append(String.format(
                    Locale.ROOT,
                    "<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\"><path class=\"%s%d\" d=\"M7,7%s\"/></svg> %s</li>%n",
                    series.get(i).ours().isEmpty() ? "published s" : "c",
                    i % Chart.COLOURS,
                    Chart.SHAPES.get(i % Chart.SHAPES.size()),
                    Html.escaped(series.get(i).name())));
        }
        return legend.append("<li>hollow: published; filled: ours, with the 95 % interval</li>\n</ul>\n")
                .toString();
    }
}
