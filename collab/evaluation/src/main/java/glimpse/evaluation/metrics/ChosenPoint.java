package glimpse.evaluation.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.JsonObject;
import glimpse.evaluation.plan.OperatingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A chosen operating point, and its results on the images that it was chosen on. Immutable.
 *
 * @param point the operating point
 * @param chosenOn which images it was chosen on, in words
 * @param figures its results on those images, by name
 * @param paper the paper's method, chosen on the same images; empty unless there were other methods, too
 * @param budgets what was chosen there for several budgets, the point's own first; may be empty
 */
public record ChosenPoint(
        OperatingPoint point,
        String chosenOn,
        Map<String, Double> figures,
        Optional<PaperChoice> paper,
        List<BudgetChoice> budgets) {
    /** The name of its file in a run's folder. */
    public static final String FILE = "point.json";

    /** Copies the figures and the budgets. */
    public ChosenPoint {
        figures = Map.copyOf(figures);
        budgets = List.copyOf(budgets);
    }

    /** Makes a choice with nothing beside it. */
    public ChosenPoint(OperatingPoint point, String chosenOn, Map<String, Double> figures) {
        this(point, chosenOn, figures, Optional.empty(), List.of());
    }

    /**
     * Chooses the cheapest row whose accuracy is at least the server baseline's less a margin or, if there is none or
     * no baseline, the most accurate row. Rows that serve as comparisons, and rows that cost more than the budget, are
     * chosen only if there are no others.
     *
     * @param table a table of at least one row
     * @param margin a share of all images, 0.003 for 0.3 percentage points
     * @param budget the highest cost allowed, 0..1
     */
    public static TableRow choose(ResultTable table, double margin, double budget) {
        return choose(table.rows(), table.serverBaselineTop1() - margin, budget);
    }

    private static TableRow choose(List<TableRow> rows, double enough, double budget) {
        List<TableRow> guided = orAll(rows, row -> !row.point().upload().isComparison());
        List<TableRow> front = ParetoFront.of(orAll(guided, row -> row.cost() <= budget));
        return front.stream()
                .filter(row -> row.collaborative().top1() >= enough)
                .findFirst()
                .orElse(front.getLast());
    }

    private static List<TableRow> orAll(List<TableRow> rows, Predicate<TableRow> wanted) {
        List<TableRow> some = rows.stream().filter(wanted).toList();
        return some.isEmpty() ? rows : some;
    }

    /**
     * Chooses as {@link #choose} does, for each budget and, if the table has both, among the rows of the paper's method
     * alone.
     *
     * @param table a table of at least one row
     * @param margin a share of all images, 0.003 for 0.3 percentage points
     * @param budgets the highest costs allowed, 0..1, at least one; the first is the point's own
     * @param images the table's images, in words
     */
    public static ChosenPoint of(ResultTable table, double margin, List<Double> budgets, String images) {
        double enough = table.serverBaselineTop1() - margin;
        TableRow row = choose(table, margin, budgets.getFirst());
        List<TableRow> paper = paperRows(table);
        Optional<PaperChoice> beside = paper.isEmpty()
                ? Optional.empty()
                : Optional.of(new PaperChoice(
                        Choice.of(choose(paper, enough, 1)), Choice.of(choose(paper, enough, row.cost()))));
        List<BudgetChoice> all = new ArrayList<>();
        if (budgets.size() > 1) {
            for (double budget : budgets) {
                all.add(new BudgetChoice(
                        budget,
                        Choice.of(choose(table, margin, budget)),
                        paper.isEmpty() ? Optional.empty() : Optional.of(Choice.of(choose(paper, enough, budget)))));
            }
        }
        return new ChosenPoint(row.point(), images, figures(table, row), beside, all);
    }

    /** Returns the rows of the paper's method; none if no row is of another. */
    private static List<TableRow> paperRows(ResultTable table) {
        List<TableRow> guided = table.rows().stream()
                .filter(row -> !row.point().upload().isComparison())
                .toList();
        List<TableRow> paper = guided.stream()
                .filter(row -> row.point().upload().isPaperMethod())
                .toList();
        return paper.size() == guided.size() ? List.of() : paper;
    }

    private static Map<String, Double> figures(ResultTable table, TableRow row) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("images", (double) table.images());
        figures.put("edge_top1", table.edge().top1());
        figures.put("collaborative_top1", row.collaborative().top1());
        figures.put("cost", row.cost());
        table.serverBaseline().ifPresent(baseline -> figures.put("server_whole_top1", baseline.top1()));
        return figures;
    }

    /** Returns the point, then those of the paper's method and of the budgets, each once. */
    public List<OperatingPoint> points() {
        Set<OperatingPoint> all = new LinkedHashSet<>();
        all.add(point);
        paper.ifPresent(choice -> {
            all.add(choice.best().point());
            all.add(choice.atCost().point());
        });
        for (BudgetChoice choice : budgets) {
            all.add(choice.best().point());
            choice.paper().ifPresent(other -> all.add(other.point()));
        }
        return List.copyOf(all);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     * @throws IOException if it can't be read
     */
    public static ChosenPoint read(Path file) throws IOException {
        JsonNode values = Json.read(file);
        JsonObject object = new JsonObject(values, file.toString());
        OperatingPoint point = object.point();
        Map<String, Double> figures = new LinkedHashMap<>();
        values.path("there").properties().forEach(figure -> {
            if (figure.getValue().isNumber()
                    && Double.isFinite(figure.getValue().doubleValue())) {
                figures.put(figure.getKey(), figure.getValue().doubleValue());
            }
        });
        List<BudgetChoice> budgets = new ArrayList<>();
        for (JsonNode budget : values.path("budgets")) {
            String where = file + ": budget " + (budgets.size() + 1);
            budgets.add(new BudgetChoice(
                    new JsonObject(budget, where).share("budget"),
                    choice(budget.path("best"), where),
                    budget.has("paper") ? Optional.of(choice(budget.path("paper"), where)) : Optional.empty()));
        }
        JsonNode paper = values.path("paper");
        String where = file + ": paper";
        return new ChosenPoint(
                point,
                object.text("chosen_on"),
                figures,
                paper.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new PaperChoice(
                                choice(paper.path("best"), where), choice(paper.path("at_cost"), where))),
                budgets);
    }

    private static Choice choice(JsonNode values, String where) {
        JsonObject object = new JsonObject(values, where);
        return new Choice(object.point(), object.share("top1"), object.share("cost"));
    }

    /** Writes the choice as JSON. */
    public void write(Path file) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>(point.fields());
        values.put("chosen_on", chosenOn);
        values.put("there", new TreeMap<>(figures));
        paper.ifPresent(choice -> {
            Map<String, Object> both = new LinkedHashMap<>();
            both.put("best", values(choice.best()));
            both.put("at_cost", values(choice.atCost()));
            values.put("paper", both);
        });
        if (!budgets.isEmpty()) {
            values.put("budgets", budgets.stream().map(ChosenPoint::values).toList());
        }
        AtomicFile.write(file, Json.write(values) + "\n");
    }

    private static Map<String, Object> values(BudgetChoice choice) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("budget", choice.budget());
        values.put("best", values(choice.best()));
        choice.paper().ifPresent(paper -> values.put("paper", values(paper)));
        return values;
    }

    private static Map<String, Object> values(Choice choice) {
        Map<String, Object> values = new LinkedHashMap<>(choice.point().fields());
        values.put("top1", choice.top1());
        values.put("cost", choice.cost());
        return values;
    }
}
