package glimpse.collab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads table.json back. */
final class TableReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TableReader() {}

    /**
     * The rows, at least one.
     *
     * @throws IllegalArgumentException naming the file, the row and the column that isn't as it should be
     */
    static List<OperatingPoint> read(Path file) throws IOException {
        JsonNode rows = parse(file);
        if (!rows.isArray() || rows.isEmpty()) {
            throw new IllegalArgumentException(file + ": expected an array of rows, at least one");
        }
        List<OperatingPoint> points = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            points.add(point(rows.path(i), file + ": row " + (i + 1)));
        }
        return points;
    }

    private static JsonNode parse(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static OperatingPoint point(JsonNode row, String where) {
        return new OperatingPoint(
                (int) number(row, "images", where),
                number(row, "edge_top1", where),
                numberOrNaN(row, "server_whole_top1", where),
                text(row, "score", where),
                text(row, "selection", where),
                row.path("codec").asText("raw"),
                text(row, "gate", where),
                numberOrNaN(row, "mean_kept", where),
                number(row, "cost", where),
                number(row, "collaborative_top1", where),
                numberOrNaN(row, "server_on_kept_top1", where),
                number(row, "up_bytes_per_image", where));
    }

    private static double number(JsonNode row, String column, String where) {
        double number = numberOrNaN(row, column, where);
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException(where + " has no " + column);
        }
        return number;
    }

    private static double numberOrNaN(JsonNode row, String column, String where) {
        JsonNode value = row.path(column);
        if (value.isMissingNode() || value.isNull()) {
            return Double.NaN;
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException(where + ": " + column + " is " + value + ", expected a number");
        }
        return value.doubleValue();
    }

    private static String text(JsonNode row, String column, String where) {
        JsonNode value = row.path(column);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(where + ": " + column + " is not a text");
        }
        return value.textValue();
    }
}
