package glimpse.evaluation.table;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.JsonObject;
import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.Communication;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the table as table.csv and table.json, with all digits, and as table.md, rounded; reads table.json. */
public final class TableFiles {
    /** The file that a report reads. */
    public static final String JSON_NAME = "table.json";

    private TableFiles() {}

    /** Writes all three files into a run's folder. */
    public static void write(ResultTable table, RunFolder folder) throws IOException {
        AtomicFile.write(folder.file("table.csv"), csv(table));
        AtomicFile.write(folder.file("table.md"), markdown(table));
        AtomicFile.write(folder.file(JSON_NAME), json(table));
    }

    /** Returns the table as comma-separated values with a header; a field is empty where there is no number. */
    public static String csv(ResultTable table) {
        StringBuilder csv = new StringBuilder(
                Csv.line(Column.of(table).stream().map(Column::name).toList()));
        for (TableRow row : table.rows()) {
            csv.append(Csv.line(Column.of(table).stream()
                    .map(column -> column.exact(table, row))
                    .toList()));
        }
        return csv.toString();
    }

    /** Returns the table as a JSON array with an object per row; a value is null where there is no number. */
    public static String json(ResultTable table) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (TableRow row : table.rows()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Column column : Column.of(table)) {
                Object value = column.value().apply(table, row);
                values.put(column.name(), value instanceof Double number && number.isNaN() ? null : value);
            }
            rows.add(values);
        }
        return Json.write(rows) + "\n";
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException naming the file and, if one is wrong, the row and the column
     * @throws IOException if it can't be read
     */
    public static ResultTable read(Path file) throws IOException {
        JsonNode values = Json.read(file);
        if (!values.isArray() || values.isEmpty()) {
            throw new IllegalArgumentException(file + ": expected an array of rows, at least one");
        }
        List<TableRow> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            rows.add(row(new JsonObject(values.path(i), file + ": row " + (i + 1))));
        }
        JsonObject first = new JsonObject(values.path(0), file + ": row 1");
        Accuracy baseline = accuracyOrNaN(first, "server_whole");
        return new ResultTable(
                first.count("images"),
                first.count("failed"),
                accuracy(first, "edge"),
                Double.isNaN(baseline.top1()) ? Optional.empty() : Optional.of(baseline),
                rows);
    }

    private static TableRow row(JsonObject row) {
        return new TableRow(
                row.point(),
                row.count("confident"),
                row.values().has("mean_exchanges") ? row.numberOrNaN("mean_exchanges") : 1,
                row.numberOrNaN("mean_kept"),
                row.numberOrNaN("mean_least_score"),
                row.numberOrNaN("mean_score_sum"),
                row.share("cost"),
                accuracy(row, "collaborative"),
                accuracyOrNaN(row, "server_on_kept"),
                new Communication(
                        row.number("up_bytes_per_image"),
                        row.number("down_bytes_per_image"),
                        row.numberOrNaN("up_bytes_per_offloaded"),
                        row.numberOrNaN("down_bytes_per_offloaded"),
                        row.numberOrNaN("up_of_raw_per_image"),
                        row.numberOrNaN("up_of_raw_per_offloaded"),
                        row.numberOrNaN("up_of_file_per_image"),
                        row.numberOrNaN("up_of_file_per_offloaded")));
    }

    private static Accuracy accuracy(JsonObject row, String whose) {
        return new Accuracy(row.share(whose + "_top1"), row.share(whose + "_top5"));
    }

    private static Accuracy accuracyOrNaN(JsonObject row, String whose) {
        return new Accuracy(row.shareOrNaN(whose + "_top1"), row.shareOrNaN(whose + "_top5"));
    }

    /** Returns the table in Markdown. */
    public static String markdown(ResultTable table) {
        StringBuilder markdown = new StringBuilder();
        markdown.append(
                markdownLine(Column.of(table).stream().map(Column::title).toList()));
        markdown.append(
                markdownLine(Column.of(table).stream().map(column -> "---").toList()));
        for (TableRow row : table.rows()) {
            markdown.append(markdownLine(Column.of(table).stream()
                    .map(column -> column.readable(table, row))
                    .toList()));
        }
        return markdown.toString();
    }

    private static String markdownLine(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
