package glimpse.collab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import glimpse.collab.evaluate.Csv;
import glimpse.collab.evaluate.LinkRow;
import glimpse.collab.evaluate.ReplacedFile;
import glimpse.collab.evaluate.RunFolder;
import glimpse.collab.link.Percentiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times on links as links.csv and links.json: a row for each row of the table and each link. */
public final class LinkFiles {
    /** The file that a report reads. */
    static final String JSON_NAME = "links.json";

    private static final String CSV_NAME = "links.csv";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private LinkFiles() {}

    /** Writes both into a run's folder; for no rows none, and none of an earlier run stays. */
    public static void write(List<LinkRow> rows, RunFolder folder) throws IOException {
        if (rows.isEmpty()) {
            Files.deleteIfExists(folder.file(CSV_NAME));
            Files.deleteIfExists(folder.file(JSON_NAME));
            return;
        }
        List<Map<String, @Nullable Object>> values =
                rows.stream().map(LinkFiles::values).toList();
        StringBuilder csv = new StringBuilder();
        for (Map<String, @Nullable Object> row : values) {
            if (csv.isEmpty()) {
                csv.append(Csv.line(List.copyOf(row.keySet())));
            }
            List<String> cells = new ArrayList<>();
            row.values().forEach(value -> cells.add(value == null ? "" : value.toString()));
            csv.append(Csv.line(cells));
        }
        ReplacedFile.write(folder.file(CSV_NAME), csv.toString());
        try {
            ReplacedFile.write(folder.file(JSON_NAME), JSON.writeValueAsString(values) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // strings and numbers alone
        }
    }

    private static Map<String, @Nullable Object> values(LinkRow row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("link", row.link().name());
        values.put("score", SendingText.score(row.sending()));
        values.put("selection", SendingText.selection(row.sending()));
        values.put("codec", SendingText.codec(row.sending()));
        values.put("gate", row.gate().spec());
        put(values, "latency_ms_per_image", row.latencyPerImage());
        put(values, "latency_ms_per_offloaded", row.latencyPerOffloaded());
        put(values, "radio_ms_per_image", row.radioPerImage());
        put(values, "radio_ms_per_offloaded", row.radioPerOffloaded());
        return values;
    }

    private static void put(Map<String, @Nullable Object> values, String name, Percentiles percentiles) {
        values.put(name + "_mean", number(percentiles.mean()));
        values.put(name + "_p50", number(percentiles.p50()));
        values.put(name + "_p95", number(percentiles.p95()));
        values.put(name + "_p99", number(percentiles.p99()));
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
