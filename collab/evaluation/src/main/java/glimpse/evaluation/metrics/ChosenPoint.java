package glimpse.evaluation.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.AtomicFile;
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
 * A chosen operating point, and its results on the images that it was chosen on. Immutable.
 *
 * @param point the operating point
 * @param chosenOn which images it was chosen on, in words
 * @param figures its results on those images, by name
 */
public record ChosenPoint(OperatingPoint point, String chosenOn, Map<String, Double> figures) {
    /** The name of its file in a run's folder. */
    public static final String FILE = "point.json";

    /** Copies the figures. */
    public ChosenPoint {
        figures = Map.copyOf(figures);
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
     * @param images the table's images, in words
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
        return new ChosenPoint(point, object.text("chosen_on"), figures);
    }

    /** Writes the choice as JSON. */
    public void write(Path file) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>(point.fields());
        values.put("chosen_on", chosenOn);
        values.put("there", new TreeMap<>(figures));
        AtomicFile.write(file, Json.write(values) + "\n");
    }
}
