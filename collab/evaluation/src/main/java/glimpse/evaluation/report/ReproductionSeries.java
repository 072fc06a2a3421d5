package glimpse.evaluation.report;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.PatchSelection;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.paper.Comparison;
import glimpse.evaluation.paper.PaperExperiment;
import glimpse.evaluation.paper.PublishedFigure;
import glimpse.evaluation.paper.Quantity;
import glimpse.evaluation.paper.Setting;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The points of one method: ours, and those that were published.
 *
 * @param name the method
 * @param ours our points, cheapest first
 * @param published the published points
 */
record ReproductionSeries(String name, List<Mark> ours, List<Mark> published) {
    private static final double PAPERS_PATCHES = 196;

    ReproductionSeries {
        ours = ours.stream().sorted(Comparator.comparingDouble(Mark::cost)).toList();
        published = List.copyOf(published);
    }

    /**
     * A point of a chart.
     *
     * @param cost the communication cost
     * @param top1 accuracy, 0..1
     * @param label what it is, for people
     */
    record Mark(double cost, double top1, String label) {}

    /** Returns the selections without a gate, a series for each score and kind of selection. */
    static List<ReproductionSeries> selections(ResultTable table, List<Comparison> comparisons) {
        return of(
                table,
                comparisons,
                row -> row.point().gate() instanceof OffloadGate.Always,
                point -> PointText.method(point));
    }

    /** Returns the gates with the main result's selection, a series for each measure of confidence. */
    static List<ReproductionSeries> gates(ResultTable table, List<Comparison> comparisons) {
        Upload main = PaperExperiment.MAIN.upload();
        List<ReproductionSeries> series = new ArrayList<>(of(
                table,
                comparisons,
                row -> row.point().upload().equals(main) && !(row.point().gate() instanceof OffloadGate.Always),
                point -> point.gate().spec().split(":", 2)[0] + " / "
                        + point.upload().selection()));
        List<Mark> others = comparisons.stream()
                .map(Comparison::published)
                .filter(figure -> figure.setting() instanceof Setting.Front && figure.quantity() == Quantity.TOP1)
                .flatMap(figure -> mark(figure, comparisons).stream())
                .toList();
        series.add(new ReproductionSeries("later work", List.of(), others));
        return series;
    }

    private static List<ReproductionSeries> of(
            ResultTable table,
            List<Comparison> comparisons,
            Predicate<TableRow> shown,
            Function<OperatingPoint, String> name) {
        Map<String, List<Mark>> ours = new LinkedHashMap<>();
        Map<String, List<Mark>> published = new LinkedHashMap<>();
        boolean gated = table.rows().stream()
                .filter(shown)
                .noneMatch(row -> row.point().gate().equals(new OffloadGate.Always()));
        table.rows().stream()
                .filter(shown)
                .forEach(row -> ours.computeIfAbsent(name.apply(row.point()), key -> new ArrayList<>())
                        .add(new Mark(row.cost(), row.collaborative().top1(), PointText.name(row.point()))));
        for (Comparison comparison : comparisons) {
            PublishedFigure figure = comparison.published();
            if (figure.quantity() == Quantity.TOP1) {
                String series = switch (figure.setting()) {
                    case Setting.Point(OperatingPoint point)
                    when gated != point.gate() instanceof OffloadGate.Always -> name.apply(point);
                    case Setting.Curve curve when !gated -> curve.score().spec() + " / sum";
                    default -> "";
                };
                mark(figure, comparisons)
                        .filter(mark -> !series.isEmpty())
                        .ifPresent(mark -> published
                                .computeIfAbsent(series, key -> new ArrayList<>())
                                .add(mark));
            }
        }
        published.keySet().forEach(key -> ours.putIfAbsent(key, List.of()));
        return ours.entrySet().stream()
                .map(entry -> new ReproductionSeries(
                        entry.getKey(), entry.getValue(), published.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    private static Optional<Mark> mark(PublishedFigure figure, List<Comparison> comparisons) {
        OptionalDouble cost = switch (figure.setting()) {
            case Setting.Curve curve -> OptionalDouble.of(curve.cost());
            case Setting.Front front -> OptionalDouble.of(front.cost());
            case Setting.Point(OperatingPoint point) -> publishedCost(point, figure.setting(), comparisons);
            default -> OptionalDouble.empty();
        };
        return cost.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mark(
                        cost.getAsDouble(),
                        figure.value() / 100,
                        "published: " + figure.setting().title()));
    }

    /** Returns the cost that was published for a point; without a gate, a count of patches tells it. */
    private static OptionalDouble publishedCost(OperatingPoint point, Setting setting, List<Comparison> comparisons) {
        if (point.gate() instanceof OffloadGate.Always
                && point.upload() instanceof Upload.Patches patches
                && patches.policy().selection() instanceof PatchSelection.Top(int count)) {
            return OptionalDouble.of(count / PAPERS_PATCHES);
        }
        return comparisons.stream()
                .map(Comparison::published)
                .filter(figure ->
                        figure.quantity() == Quantity.COST && figure.setting().equals(setting))
                .mapToDouble(PublishedFigure::value)
                .findFirst();
    }
}
