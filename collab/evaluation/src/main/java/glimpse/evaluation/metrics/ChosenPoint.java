package glimpse.evaluation.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.JsonObject;
import glimpse.evaluation.plan.OperatingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The operating point that was chosen, and what it came to on the images that it was chosen on. Immutable.
 *
 * @param point what is uploaded, and when
 * @param chosenOn which images, in words
 * @param figures of those images, by name
 */
public record ChosenPoint(OperatingPoint point, String chosenOn, Map<String, Double> figures) {
    /** Its name in a run's folder. */
    public static final String FILE = "point.json";

    /** Copies the figures. */
    public ChosenPoint {
        figures = Map.copyOf(figures);
    }

    /**
     * Chooses the cheapest row whose accuracy is at most a margin below the server baseline's; where none is, or there is
     * no baseline, the most accurate. Rows that are there for comparison are chosen only if there are no others, and so
     * are rows that cost more than the budget.
     *
     * @param table at least one row
     * @param margin a share of all images, 0.003 for 0.3 points
     * @param budget the most that the point may cost, 0..1
     */
    public static TableRow choose(ResultTable table, double margin, double budget) {
        List<TableRow> guided = orAll(table.rows(), row -> !row.point().upload().isComparison());
        List<TableRow> front = ParetoFront.of(orAll(guided, row -> row.cost() <= budget));
        double enough = table.serverBaselineTop1() - margin;
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
     * Records a choice with its figures.
     *
     * @param images which images the table is of, in words
     */
    public static ChosenPoint of(ResultTable table, TableRow row, String images) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("images", (double) table.images());
        figures.put("edge_top1", table.edge().top1());
        figures.put("collaborative_top1", row.collaborative().top1());
        figures.put("cost", row.cost());
        table.serverBaseline().ifPresent(baseline -> figures.put("server_whole_top1", baseline.top1()));
        return new ChosenPoint(row.point(), images, figures);
    }

    /**
     * Reads what {@link #toJson} wrote.
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
            if (figure.getValue().isNumber()) {
                figures.put(figure.getKey(), figure.getValue().doubleValue());
            }
        });
        return new ChosenPoint(point, object.text("chosen_on"), figures);
    }

    /** Returns the choice as JSON. */
    public String toJson() {
        Map<String, Object> values = new LinkedHashMap<>(point.fields());
        values.put("chosen_on", chosenOn);
        values.put("there", new TreeMap<>(figures));
        return Json.write(values) + "\n";
    }
}
