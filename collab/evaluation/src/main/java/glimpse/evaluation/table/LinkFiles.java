package glimpse.evaluation.table;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.JsonObject;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.network.Distribution;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads times on links as links.csv and links.json: a row for each link and each row of the table. */
public final class LinkFiles {
    /** The file that a report reads. */
    public static final String JSON_NAME = "links.json";

    private static final String CSV_NAME = "links.csv";

    /** The further field of rows where any is of packets that are sent once. */
    private static final String ONCE = "once";

    private LinkFiles() {}

    /** Writes both files into a run's folder; if there are no rows, deletes those of an earlier table. */
    public static void write(List<LinkRow> rows, RunFolder folder) throws IOException {
        if (rows.isEmpty()) {
            Files.deleteIfExists(folder.file(CSV_NAME));
            Files.deleteIfExists(folder.file(JSON_NAME));
            return;
        }
        boolean rounds = rows.stream().anyMatch(row -> row.point().upload().isInRounds());
        boolean once = rows.stream().anyMatch(LinkRow::once);
        List<Map<String, @Nullable Object>> values =
                rows.stream().map(row -> values(row, rounds, once)).toList();
        AtomicFile.write(folder.file(CSV_NAME), Csv.table(values));
        AtomicFile.write(folder.file(JSON_NAME), Json.write(values) + "\n");
    }

    /**
     * Reads the links.json that {@link #write} wrote; no rows if there is no such file.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     * @throws IOException if it can't be read
     */
    public static List<LinkRow> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode values = Json.read(file);
        if (!values.isArray()) {
            throw new IllegalArgumentException(file + ": expected an array of rows");
        }
        List<LinkRow> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            JsonObject row = new JsonObject(values.path(i), file + ": row " + (i + 1));
            rows.add(new LinkRow(
                    row.point(),
                    link(row),
                    row.values().path(ONCE).asBoolean(),
                    distribution(row, "latency_ms_per_image"),
                    distribution(row, "latency_ms_per_offloaded"),
                    distribution(row, "radio_ms_per_image"),
                    distribution(row, "radio_ms_per_offloaded")));
        }
        return rows;
    }

    private static Link link(JsonObject row) {
        try {
            return Links.ofName(row.text("link"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(row.where() + ": " + e.getMessage(), e);
        }
    }

    private static Distribution distribution(JsonObject row, String name) {
        return new Distribution(
                row.numberOrNaN(name + "_mean"),
                row.numberOrNaN(name + "_p50"),
                row.numberOrNaN(name + "_p95"),
                row.numberOrNaN(name + "_p99"));
    }

    private static Map<String, @Nullable Object> values(LinkRow row, boolean rounds, boolean once) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("link", row.link().name());
        values.putAll(row.point().fields());
        if (rounds) {
            values.putIfAbsent(OperatingPoint.UNTIL, null);
        }
        if (once) {
            values.put(ONCE, row.once());
        }
        put(values, "latency_ms_per_image", row.latencyPerImage());
        put(values, "latency_ms_per_offloaded", row.latencyPerOffloaded());
        put(values, "radio_ms_per_image", row.radioPerImage());
        put(values, "radio_ms_per_offloaded", row.radioPerOffloaded());
        return values;
    }

    private static void put(Map<String, @Nullable Object> values, String name, Distribution distribution) {
        values.put(name + "_mean", Json.number(distribution.mean()));
        values.put(name + "_p50", Json.number(distribution.p50()));
        values.put(name + "_p95", Json.number(distribution.p95()));
        values.put(name + "_p99", Json.number(distribution.p99()));
    }
}
