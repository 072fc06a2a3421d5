package glimpse.evaluation.report;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
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
    private static final OffloadGate OTHER_SUMS = OffloadGate.minEntropy(1);

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
        return of(table, comparisons, point -> point.gate() instanceof OffloadGate.Always, PointText::method);
    }

    /**
     * Returns the gates with the main result's selection, a series for each measure of confidence, the other sums at
     * the gate that the paper draws them with, and later work.
     */
    static List<ReproductionSeries> gates(ResultTable table, List<Comparison> comparisons) {
        Upload main = PaperExperiment.MAIN.upload();
        List<ReproductionSeries> series = new ArrayList<>(of(
                table,
                comparisons,
                point -> !(point.gate() instanceof OffloadGate.Always)
                        && (point.upload().equals(main) || isOtherSum(point)),
                point -> point.upload().equals(main)
                        ? point.gate().spec().split(":", 2)[0] + " / " + main.selection()
                        : OTHER_SUMS.spec() + " / other sums"));
        List<Mark> others = comparisons.stream()
                .map(Comparison::published)
                .filter(figure -> figure.setting() instanceof Setting.Front && figure.quantity() == Quantity.TOP1)
                .flatMap(figure -> mark(figure, comparisons).stream())
                .toList();
        series.add(new ReproductionSeries("later work, another edge", List.of(), others));
        return series;
    }

    private static boolean isOtherSum(OperatingPoint point) {
        return point.gate().equals(OTHER_SUMS)
                && point.upload() instanceof Upload.Patches patches
                && patches.policy().score().equals(AttentionScore.mean())
                && patches.policy().selection() instanceof PatchSelection.AttentionSum;
    }

    private static List<ReproductionSeries> of(
            ResultTable table,
            List<Comparison> comparisons,
            Predicate<OperatingPoint> shown,
            Function<OperatingPoint, String> name) {
        Map<String, List<Mark>> ours = new LinkedHashMap<>();
        for (TableRow row : table.rows()) {
            if (shown.test(row.point())) {
                ours.computeIfAbsent(name.apply(row.point()), key -> new ArrayList<>())
                        .add(new Mark(row.cost(), row.collaborative().top1(), PointText.name(row.point())));
            }
        }
        Map<String, List<Mark>> published = new LinkedHashMap<>();
        for (Comparison comparison : comparisons) {
            PublishedFigure figure = comparison.published();
            Optional<String> series = switch (figure.setting()) {
                case Setting.Point(OperatingPoint point) when shown.test(point) -> Optional.of(name.apply(point));
                case Setting.Curve curve when ours.containsKey(method(curve)) -> Optional.of(method(curve));
                default -> Optional.empty();
            };
            if (series.isPresent() && figure.quantity() == Quantity.TOP1) {
                mark(figure, comparisons)
                        .ifPresent(mark -> published
                                .computeIfAbsent(series.get(), key -> new ArrayList<>())
                                .add(mark));
            }
        }
        return ours.entrySet().stream()
                .map(entry -> new ReproductionSeries(
                        entry.getKey(), entry.getValue(), published.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    /** Returns the name of a curve's series among the selections. */
    private static String method(Setting.Curve curve) {
        return curve.score().spec() + " / sum";
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
