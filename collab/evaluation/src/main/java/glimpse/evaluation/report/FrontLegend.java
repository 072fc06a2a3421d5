package glimpse.evaluation.report;

import glimpse.evaluation.front.Front;
import java.util.List;
import java.util.Locale;

/** The legend of a chart of the front, whose boxes hide what they stand for by style alone. */
final class FrontLegend {
    private static final String LINE = "<path class=\"line\" d=\"M1,7h24\"/>";

    private FrontLegend() {}

    /**
     * Returns the legend and the style of its boxes.
     *
     * @param id of the chart, unique on the page
     */
    static String html(Front front, List<FrontSeries> series, String id) {
        StringBuilder html = new StringBuilder("<div class=\"front-legend\">\n");
        StringBuilder style = new StringBuilder("<style>\n");
        List<String> uploads = FrontSeries.uploads(front);
        html.append("<fieldset><legend>What is sent</legend>\n");
        if (series.stream().anyMatch(FrontSeries::paper)) {
            html.append(String.format(
                    Locale.ROOT,
                    "<span><svg viewBox=\"0 0 26 14\" aria-hidden=\"true\" class=\"series paper gated\">%s%s</svg> %s</span>%n",
                    LINE,
                    mark(0),
                    "the paper's method"));
        }
        for (int upload = 0; upload < uploads.size(); upload++) {
            int index = upload;
            if (series.stream().anyMatch(one -> one.upload() == index && !one.paper())) {
                box(
                        html,
                        style,
                        id,
                        "u" + upload,
                        "series gated " + FrontChart.colour(upload),
                        LINE,
                        uploads.get(upload));
            }
        }
        html.append("</fieldset>\n<fieldset><legend>To which server</legend>\n");
        for (int server = 0; server < front.servers().size(); server++) {
            box(
                    html,
                    style,
                    id,
                    "v" + server,
                    "series gated",
                    mark(server),
                    front.servers().get(server).name());
        }
        html.append("</fieldset>\n<fieldset><legend>Which images</legend>\n");
        box(html, style, id, "gated", "series gated", LINE, "those the edge isn't sure of");
        if (series.stream().anyMatch(one -> !one.method().gated())) {
            box(html, style, id, "every", "series every", LINE, "every image");
        }
        return html.append("</fieldset>\n</div>\n")
                .insert(0, style.append("</style>\n"))
                .toString();
    }

    private static String mark(int server) {
        return "<path class=\"mark\" d=\"M13,7" + FrontChart.shape(server) + "\"/>";
    }

    private static void box(
            StringBuilder html,
            StringBuilder style,
            String id,
            String what,
            String classes,
            String drawing,
            String name) {
        String box = "front-" + id + "-" + what;
        html.append("<label><input type=\"checkbox\" id=\"" + box
                + "\" checked=\"checked\"/><svg viewBox=\"0 0 26 14\" aria-hidden=\"true\"" + " class=\"" + classes
                + "\">" + drawing + "</svg> " + Html.escaped(name) + "</label>\n");
        style.append(String.format(
                Locale.ROOT, ".front-chart:has(#%s:not(:checked)) g.series.%s:not(.paper){display:none}%n", box, what));
    }
}
