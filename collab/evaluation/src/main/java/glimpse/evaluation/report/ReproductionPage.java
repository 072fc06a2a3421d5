package glimpse.evaluation.report;

import glimpse.engine.VitConfig;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.paper.Comparison;
import glimpse.evaluation.paper.Comparison.Verdict;
import glimpse.evaluation.paper.Conditions;
import glimpse.evaluation.paper.Measurements;
import glimpse.evaluation.paper.ModelFacts;
import glimpse.evaluation.paper.PaperExperiment;
import glimpse.evaluation.paper.PassTime;
import glimpse.evaluation.paper.PassTimes;
import glimpse.evaluation.paper.Setting;
import glimpse.evaluation.table.Headline;
import glimpse.evaluation.table.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The paper's figures beside ours as one self-contained HTML page, which is well-formed XML too. */
public final class ReproductionPage {
    /** The name of its file in a run's folder. */
    public static final String FILE = "reproduction.html";

    private static final double GIGA = 1e9;

    private final Measurements ours;
    private final List<Comparison> comparisons;
    private final Conditions conditions;
    private final PassTimes times;
    private final ResultTable table;

    private ReproductionPage(Measurements ours, List<Comparison> comparisons, Conditions conditions, PassTimes times) {
        this.ours = ours;
        this.comparisons = comparisons;
        this.conditions = conditions;
        this.times = times;
        this.table = ours.table();
    }

    /** Returns the page. */
    public static String of(Measurements ours, List<Comparison> comparisons, Conditions conditions, PassTimes times) {
        return new ReproductionPage(ours, comparisons, conditions, times).html();
    }

    private String html() {
        return PageFrame.html(
                "Attention-aware Semantic Communications (arXiv 2404.07217): its figures beside ours",
                warning()
                        + paragraph("lead", headline())
                        + paragraph("", agreement())
                        + "<h2>Selections, without a gate</h2>\n"
                        + new ReproductionChart(
                                        "selections",
                                        "Accuracy against communication by selection",
                                        table,
                                        ReproductionSeries.selections(table, comparisons))
                                .html()
                        + "<h2>Gates</h2>\n"
                        + new ReproductionChart(
                                        "gates",
                                        "Accuracy against communication by gate",
                                        table,
                                        ReproductionSeries.gates(table, comparisons))
                                .html()
                        + figures()
                        + since()
                        + work()
                        + differences());
    }

    private String warning() {
        if (conditions.isReproduction()) {
            return "";
        }
        return "<div class=\"warning\" role=\"note\">\n<p><strong>" + notAReproduction() + "</strong></p>\n"
                + list(conditions.departures()) + "</div>\n";
    }

    private String notAReproduction() {
        return conditions.isPapersPair()
                ? "This is not a full reproduction, although both models have the shapes of the paper's."
                : "This is not a reproduction: it runs the paper's method with other models. The published figures"
                        + " stand beside ours for orientation only.";
    }

    private String headline() {
        return table.row(PaperExperiment.MAIN)
                .map(row -> "With attention sum 0.97 and min-entropy 0.8: "
                        + Headline.sentence(table, row).replaceFirst("^Edge", "edge"))
                .orElse("");
    }

    private String agreement() {
        long within = count(Verdict.WITHIN);
        long missing = count(Verdict.MISSING);
        return String.format(
                Locale.ROOT,
                "%d of %d published figures are within our 95 %% intervals, %d are not%s. The intervals tell how far a figure"
                        + " may be off because %,d images stand for all there could be: Wilson's for shares, the normal"
                        + " approximation for means. A published figure counts with its own uncertainty: half a unit of its"
                        + " last digit or, read off a drawing, that of reading.",
                within,
                comparisons.size(),
                comparisons.size() - within - missing,
                missing == 0 ? "" : " and " + missing + " have no counterpart here",
                table.images());
    }

    private long count(Verdict verdict) {
        return comparisons.stream()
                .filter(comparison -> comparison.verdict() == verdict)
                .count();
    }

    private String figures() {
        return "<h2>Figure by figure</h2>\n" + ComparisonHtml.table(comparisons)
                + paragraph(
                        "note",
                        "Of rollout the paper's sums aren't known, only cost and accuracy: ours is interpolated between our"
                                + " sums. Thresholds, random patches, Shannon entropy, margin and rollout heads first are in"
                                + " the charts without published figures, of which none were read. table.csv has all "
                                + table.rows().size() + " operating points, comparison.csv this table.");
    }

    private String since() {
        StringBuilder html = new StringBuilder();
        for (Comparison comparison : comparisons) {
            if (comparison.published().setting() instanceof Setting.Front(double cost)) {
                String best = ours.best(cost)
                        .map(row -> "The best of our operating points at that cost or less is "
                                + PointText.name(row.point()) + ": "
                                + Numbers.percent(row.collaborative().top1())
                                + " at cost " + Numbers.number("%.3f", row.cost())
                                + ", chosen on these same images and so slightly optimistic.")
                        .orElse("None of our operating points costs so little.");
                html.append("<h2>The best published since</h2>\n")
                        .append(paragraph(
                                "",
                                comparison.published().source() + ": "
                                        + comparison.published().readable() + " at cost " + cost + ". " + best));
            }
        }
        return html.toString();
    }

    private String work() {
        VitConfig server = conditions.server().config();
        List<List<String>> passes = new ArrayList<>();
        passes.add(pass("edge", times.edge()));
        times.server().forEach(time -> passes.add(pass("server", time)));
        List<List<String>> points = new ArrayList<>();
        comparisons.stream()
                .map(comparison -> comparison.published().setting())
                .distinct()
                .filter(Setting.Point.class::isInstance)
                .map(Setting.Point.class::cast)
                .flatMap(setting -> table.row(setting.point()).stream())
                .filter(row -> !Double.isNaN(row.meanKept()))
                .forEach(row -> points.add(point(row, server)));
        return "<h2>Work and time</h2>\n"
                + paragraph(
                        "",
                        "Multiply-adds are computed from the models' configurations; times were measured on this machine"
                                + " when the run was last started: per image in a batch of eight, the median of three.")
                + PointTables.table(
                        "texts", List.of("model", "patches", "multiply-adds, 10⁹", "ms per image"), passes, -1)
                + paragraph(
                        "", "The server's pass on the mean number of patches, and that times the share of images sent:")
                + PointTables.table(
                        "texts",
                        List.of(
                                "operating point",
                                "patches",
                                "multiply-adds, 10⁹",
                                "of whole",
                                "ms",
                                "10⁹ per image",
                                "ms per image"),
                        points,
                        -1);
    }

    private static List<String> pass(String model, PassTime time) {
        return List.of(
                model,
                "" + time.patches(),
                Numbers.number("%.3f", time.multiplyAdds() / GIGA),
                Numbers.number("%.2f", time.millis()));
    }

    private List<String> point(TableRow row, VitConfig server) {
        double work = server.multiplyAdds((int) Math.round(row.meanKept()));
        double millis = times.serverMillis(row.meanKept());
        double sent = 1 - (double) row.confident() / table.images();
        return List.of(
                PointText.name(row.point()),
                Numbers.number("%.1f", row.meanKept()),
                Numbers.number("%.3f", work / GIGA),
                Numbers.percent(work / server.multiplyAdds(server.patches())),
                Numbers.number("%.2f", millis),
                Numbers.number("%.3f", sent * work / GIGA),
                Numbers.number("%.2f", sent * millis));
    }

    private String differences() {
        List<String> all = new ArrayList<>(conditions.differences());
        all.add(model(conditions.edge()));
        all.add(model(conditions.server()));
        return "<h2>What differs from the paper</h2>\n" + list(all);
    }

    private static String model(ModelFacts model) {
        return "The " + model.role() + ": " + model.name()
                + model.source().map(source -> " (from " + source + ")").orElse("") + ", " + model.size()
                + ", SHA-256 " + model.sha256() + ".";
    }

    private static String list(List<String> sentences) {
        StringBuilder html = new StringBuilder("<ul>\n");
        sentences.forEach(
                sentence -> html.append("<li>").append(Html.escaped(sentence)).append("</li>\n"));
        return html.append("</ul>\n").toString();
    }

    private static String paragraph(String style, String text) {
        return text.isEmpty() ? "" : "<p class=\"" + style + "\">" + Html.escaped(text) + "</p>\n";
    }
}
