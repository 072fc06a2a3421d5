package glimpse.collab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import glimpse.collab.evaluate.Csv;
import glimpse.collab.evaluate.ReplacedFile;
import glimpse.collab.evaluate.ResultTable;
import glimpse.collab.evaluate.RunFolder;
import glimpse.collab.evaluate.TableRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table as table.csv, table.json (numbers with all their digits) and table.md (rounded, for people). */
public final class TableFiles {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private TableFiles() {}

    /** Writes all three into a run's folder. */
    public static void write(ResultTable table, RunFolder folder) throws IOException {
        ReplacedFile.write(folder.file("table.csv"), csv(table));
        ReplacedFile.write(folder.file("table.md"), markdown(table));
        ReplacedFile.write(folder.file("table.json"), json(table));
    }

    /** Comma-separated values, a header first; an empty field where there is no number. */
    public static String csv(ResultTable table) {
        StringBuilder csv =
                new StringBuilder(Csv.line(Column.ALL.stream().map(Column::name).toList()));
        for (TableRow row : table.rows()) {
            csv.append(Csv.line(
                    Column.ALL.stream().map(column -> column.exact(table, row)).toList()));
        }
        return csv.toString();
    }

    /** A JSON array with an object a row; null where there is no number. */
    public static String json(ResultTable table) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (TableRow row : table.rows()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Column column : Column.ALL) {
                Object value = column.value().apply(table, row);
                values.put(column.name(), value instanceof Double number && number.isNaN() ? null : value);
            }
            rows.add(values);
        }
        try {
            return JSON.writeValueAsString(rows) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // strings and numbers alone
        }
    }

    /** A Markdown table. */
    public static String markdown(ResultTable table) {
        StringBuilder markdown = new StringBuilder();
        markdown.append(markdownLine(Column.ALL.stream().map(Column::title).toList()));
        markdown.append(markdownLine(Column.ALL.stream().map(column -> "---").toList()));
        for (TableRow row : table.rows()) {
            markdown.append(markdownLine(Column.ALL.stream()
                    .map(column -> column.readable(table, row))
                    .toList()));
        }
        return markdown.toString();
    }

    private static String markdownLine(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
