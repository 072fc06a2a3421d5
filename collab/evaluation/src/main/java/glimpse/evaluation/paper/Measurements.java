package glimpse.evaluation.paper;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Our figures for the settings that figures were published for. Immutable. */
public final class Measurements {
    private static final double PERCENT = 100;

    private final List<ImageResult> rows;
    private final EvaluationPlan plan;
    private final ResultTable table;
    private final int patches;

    /**
     * Creates the measurements of a run.
     *
     * @param rows one per image
     * @param plan the run's plan
     * @param table made from the rows
     * @param patches number of patches of a whole image
     */
    public Measurements(List<ImageResult> rows, EvaluationPlan plan, ResultTable table, int patches) {
        this.rows = rows;
        this.plan = plan;
        this.table = table;
        this.patches = patches;
    }

    /** Returns the table. */
    public ResultTable table() {
        return table;
    }

    /** Returns our figure; empty if the run has none, or too few images for an interval. */
    public Optional<Measured> of(Setting setting, Quantity quantity) {
        return switch (setting) {
            case Setting.Edge edge -> accuracy(table.edge(), quantity);
            case Setting.Server server -> table.serverBaseline().flatMap(accuracy -> accuracy(accuracy, quantity));
            case Setting.Point(OperatingPoint point) -> table.row(point).flatMap(row -> ofRow(row, quantity));
            case Setting.Curve(AttentionScore score, double cost) ->
                quantity == Quantity.TOP1 ? interpolated(score, cost) : Optional.empty();
            case Setting.Front(double cost) -> best(cost).flatMap(row -> accuracy(row.collaborative(), quantity));
        };
    }

    /** Returns the most accurate row that costs no more; empty if all cost more. */
    public Optional<TableRow> best(double cost) {
        return table.rows().stream()
                .filter(row -> row.cost() <= cost && !row.point().upload().isComparison())
                .max(Comparator.comparingDouble(row -> row.collaborative().top1()));
    }

    private Optional<Measured> accuracy(Accuracy accuracy, Quantity quantity) {
        return switch (quantity) {
            case TOP1 -> share(accuracy.top1());
            case TOP5 -> share(accuracy.top5());
            default -> Optional.empty();
        };
    }

    private Optional<Measured> share(double share) {
        return table.images() == 0
                ? Optional.empty()
                : Optional.of(new Measured(
                        PERCENT * share, Interval.ofShare(share, table.images()).times(PERCENT)));
    }

    private Optional<Measured> ofRow(TableRow row, Quantity quantity) {
        return switch (quantity) {
            case TOP1, TOP5 -> accuracy(row.collaborative(), quantity);
            case CONFIDENT -> share((double) row.confident() / table.images());
            case COST -> mean(row.cost(), costs(row.point()));
            case PATCHES -> mean(row.meanKept(), offloaded(row.point(), ServerResult::kept));
            case SCORE_SUM -> mean(row.meanSumOfScores(), offloaded(row.point(), ServerResult::sumOfScores));
            case LEAST_SCORE -> mean(row.meanLowestScore(), offloaded(row.point(), ServerResult::lowestScore));
        };
    }

    private static Optional<Measured> mean(double mean, DoubleStream values) {
        double[] known = values.filter(value -> !Double.isNaN(value)).toArray();
        return known.length < 2 ? Optional.empty() : Optional.of(new Measured(mean, Interval.ofMean(known)));
    }

    /** Returns each image's share of the cost. */
    private DoubleStream costs(OperatingPoint point) {
        int index = plan.indexOf(point.upload());
        return evaluated()
                .mapToDouble(image -> point.gate().confident(image.confidence())
                        ? 0
                        : (double) image.serverResults().get(index).kept() / patches);
    }

    private DoubleStream offloaded(OperatingPoint point, ToDoubleFunction<ServerResult> value) {
        int index = plan.indexOf(point.upload());
        return evaluated()
                .filter(image -> !point.gate().confident(image.confidence()))
                .mapToDouble(image -> value.applyAsDouble(image.serverResults().get(index)));
    }

    private Stream<ImageResult.Evaluated> evaluated() {
        return ImageResult.evaluated(rows).stream();
    }

    /** Returns the accuracy at a cost, between the two sums that enclose it; empty if none do. */
    private Optional<Measured> interpolated(AttentionScore score, double cost) {
        TableRow[] sums = table.rows().stream()
                .filter(row -> isSum(row.point(), score))
                .sorted(Comparator.comparingDouble(TableRow::cost))
                .toArray(TableRow[]::new);
        double[] costs = Arrays.stream(sums).mapToDouble(TableRow::cost).toArray();
        for (int i = 1; i < sums.length; i++) {
            if (costs[i - 1] <= cost && cost <= costs[i]) {
                double along = costs[i] == costs[i - 1] ? 0 : (cost - costs[i - 1]) / (costs[i] - costs[i - 1]);
                return share((1 - along) * sums[i - 1].collaborative().top1()
                        + along * sums[i].collaborative().top1());
            }
        }
        return Optional.empty();
    }

    private static boolean isSum(OperatingPoint point, AttentionScore score) {
        return point.gate() instanceof OffloadGate.Always
                && point.upload() instanceof Upload.Patches patches
                && patches.policy().score().equals(score)
                && patches.policy().selection() instanceof PatchSelection.AttentionSum;
    }
}
