package glimpse.collab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.link.Link;
import glimpse.collab.link.Links;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a report takes from one row of links.json.
 *
 * @param link its name
 * @param latency per image: p50, p95, p99, in milliseconds
 * @param radio the edge's, per image: p50, p95, p99, in milliseconds
 */
record LinkTimes(
        String link,
        String score,
        String selection,
        String codec,
        String gate,
        List<Double> latency,
        List<Double> radio) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PERCENTILES = List.of("p50", "p95", "p99");

    LinkTimes {
        latency = List.copyOf(latency);
        radio = List.copyOf(radio);
    }

    /**
     * The rows; none if there is no such file.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     */
    static List<LinkTimes> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        JsonNode rows;
        try {
            rows = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!rows.isArray()) {
            throw new IllegalArgumentException(file + ": expected an array of rows");
        }
        List<LinkTimes> times = new ArrayList<>();
        for (JsonNode row : rows) {
            times.add(new LinkTimes(
                    row.path("link").asText(),
                    row.path("score").asText(),
                    row.path("selection").asText(),
                    row.path("codec").asText(),
                    row.path("gate").asText(),
                    numbers(row, "latency_ms_per_image_"),
                    numbers(row, "radio_ms_per_image_")));
        }
        return times;
    }

    private static List<Double> numbers(JsonNode row, String prefix) {
        return PERCENTILES.stream()
                .map(name -> row.path(prefix + name).asDouble(Double.NaN))
                .toList();
    }

    private boolean compares(OperatingPoint chosen) {
        boolean same = score.equals(chosen.score()) && codec.equals(chosen.codec());
        return (same && selection.equals(chosen.selection()) && (gate.equals(chosen.gate()) || gate.equals("always")))
                || selection.equals(SendingText.FILE);
    }

    /** The chosen point's times and those of images that are all sent; nothing if there are no links. */
    static String html(List<LinkTimes> all, OperatingPoint chosen) {
        List<List<String>> rows = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (LinkTimes times : all) {
            if (times.compares(chosen)) {
                names.add(times.link);
                rows.add(List.of(
                        times.link,
                        times.selection + ", " + times.codec,
                        times.gate,
                        three(times.latency),
                        three(times.radio)));
            }
        }
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder html =
                new StringBuilder("<h2>Time on a link</h2>\n<p>Milliseconds per image, p50 / p95 / p99 over"
                        + " all images; what the edge keeps takes none. A model of TCP on the link; the neural networks' own time"
                        + " isn't in it.</p>\n");
        html.append(PointTables.table("texts", List.of("link", "sent", "gate", "latency", "radio at work"), rows, -1));
        for (Link link : Links.presets()) {
            if (names.contains(link.name())) {
                html.append("<p class=\"note\">")
                        .append(Html.escaped(link.name() + ": " + link.source()))
                        .append("</p>\n");
            }
        }
        return html.toString();
    }

    private static String three(List<Double> values) {
        return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", values.get(0), values.get(1), values.get(2));
    }
}
