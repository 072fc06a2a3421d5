package glimpse.evaluation.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.JsonObject;
import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what lost packets cost as erasure.csv and erasure.json: a row for each row of the table and each erasure. */
public final class ErasureFiles {
    private static final String CSV_NAME = "erasure.csv";

    /** The file that a report reads. */
    public static final String JSON_NAME = "erasure.json";

    private ErasureFiles() {}

    /** Writes both files into a run's folder; if there are no rows, deletes those of an earlier table. */
    public static void write(List<ErasureRow> rows, RunFolder folder) throws IOException {
        if (rows.isEmpty()) {
            Files.deleteIfExists(folder.file(CSV_NAME));
            Files.deleteIfExists(folder.file(JSON_NAME));
            return;
        }
        List<Map<String, @Nullable Object>> values =
                rows.stream().map(ErasureFiles::values).toList();
        AtomicFile.write(folder.file(CSV_NAME), Csv.table(values));
        AtomicFile.write(folder.file(JSON_NAME), Json.write(values) + "\n");
    }

    /**
     * Reads the erasure.json that {@link #write} wrote; no rows if there is no such file.
     *
     * @param table has the rows with nothing lost; rows of other points are left out
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     * @throws IOException if it can't be read
     */
    public static List<ErasureRow> read(Path file, ResultTable table) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode values = Json.read(file);
        if (!values.isArray()) {
            throw new IllegalArgumentException(file + ": expected an array of rows");
        }
        List<ErasureRow> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            JsonObject row = new JsonObject(values.path(i), file + ": row " + (i + 1));
            Optional<TableRow> complete = table.row(row.point());
            if (complete.isPresent()) {
                rows.add(row(row, complete.get()));
            }
        }
        return rows;
    }

    private static ErasureRow row(JsonObject row, TableRow complete) {
        return new ErasureRow(
                complete,
                erasure(row),
                row.numberOrNaN("mean_packets"),
                row.shareOrNaN("lost_share"),
                row.numberOrNaN("mean_received"),
                row.count("unanswered"),
                new Accuracy(row.share("collaborative_top1"), row.share("collaborative_top5")),
                row.number("up_bytes_per_image"));
    }

    private static Erasure erasure(JsonObject row) {
        try {
            return Erasure.parse(row.text("erasure"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(row.where() + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, @Nullable Object> values(ErasureRow row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.putAll(row.complete().point().fields());
        values.put("erasure", row.erasure().spec());
        values.put("mean_packets", Json.number(row.meanPackets()));
        values.put("lost_share", Json.number(row.lostShare()));
        values.put("mean_received", Json.number(row.meanReceived()));
        values.put("unanswered", row.unanswered());
        values.put("collaborative_top1", row.collaborative().top1());
        values.put("collaborative_top5", row.collaborative().top5());
        values.put("complete_top1", row.complete().collaborative().top1());
        values.put("up_bytes_per_image", row.upBytesPerImage());
        return values;
    }
}
