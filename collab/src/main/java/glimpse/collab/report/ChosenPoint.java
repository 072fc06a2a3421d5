package glimpse.collab.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import glimpse.collab.evaluate.LinkRow;
import glimpse.collab.evaluate.ResultTable;
import glimpse.collab.evaluate.Sending;
import glimpse.collab.evaluate.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The operating point that was chosen, and what it came to on the images that it was chosen on. Immutable.
 *
 * @param score how patches are scored
 * @param selection which patches cross
 * @param codec how their pixels cross
 * @param gate when the edge's answer stands
 * @param chosenOn which images, in words
 * @param figures of those images, by name
 */
public record ChosenPoint(
        String score, String selection, String codec, String gate, String chosenOn, Map<String, Double> figures) {
    /** Its name in a run's folder. */
    public static final String FILE = "point.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<String> TEXTS = List.of("score", "selection", "codec", "gate", "chosen_on");

    /** Copies the figures. */
    public ChosenPoint {
        figures = Map.copyOf(figures);
    }

    /**
     * Chooses the cheapest point whose accuracy is at most a margin below the server's on whole images.
     *
     * @param table at least one row
     * @param margin a share of all images, 0.003 for 0.3 points
     * @param budget the most that the point may cost, 0..1; if no point within it is near enough, the most accurate is
     *     chosen
     * @param images which, in words
     */
    public static ChosenPoint of(ResultTable table, double margin, double budget, String images) {
        return of(ParetoFront.chosen(OperatingPoint.of(table), margin, budget), images);
    }

    static ChosenPoint of(OperatingPoint point, String images) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("images", (double) point.images());
        figures.put("edge_top1", point.edge());
        figures.put("collaborative_top1", point.collaborative());
        figures.put("cost", point.cost());
        if (!Double.isNaN(point.serverWhole())) {
            figures.put("server_whole_top1", point.serverWhole());
        }
        return new ChosenPoint(point.score(), point.selection(), point.codec(), point.gate(), images, figures);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     * @throws IOException if it can't be read
     */
    public static ChosenPoint read(Path file) throws IOException {
        JsonNode values;
        try {
            values = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": is no JSON: " + e.getOriginalMessage(), e);
        }
        for (String text : TEXTS) {
            if (!values.path(text).isTextual()) {
                throw new IllegalArgumentException(file + ": has no text " + text + ", expected an operating point");
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        values.path("there").properties().forEach(figure -> {
            if (figure.getValue().isNumber()) {
                figures.put(figure.getKey(), figure.getValue().doubleValue());
            }
        });
        return new ChosenPoint(
                values.path("score").asText(),
                values.path("selection").asText(),
                values.path("codec").asText(),
                values.path("gate").asText(),
                values.path("chosen_on").asText(),
                figures);
    }

    /** The point as JSON. */
    public String toJson() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("score", score);
        values.put("selection", selection);
        values.put("codec", codec);
        values.put("gate", gate);
        values.put("chosen_on", chosenOn);
        values.put("there", new TreeMap<>(figures));
        try {
            return JSON.writeValueAsString(values) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // strings and numbers alone
        }
    }

    /** The row of this point; empty if the table lacks it. */
    public Optional<TableRow> rowOf(ResultTable table) {
        List<OperatingPoint> points = OperatingPoint.of(table);
        for (int i = 0; i < points.size(); i++) {
            if (is(points.get(i))) {
                return Optional.of(table.rows().get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether times on a link are this point's, or those of images that are all sent whole. */
    public boolean comparesWith(LinkRow row) {
        boolean own = SendingText.score(row.sending()).equals(score)
                && SendingText.selection(row.sending()).equals(selection)
                && SendingText.codec(row.sending()).equals(codec)
                && row.gate().spec().equals(gate);
        return own || row.sending() instanceof Sending.WholeFile;
    }

    /** Whether a point differs from this one in that as many patches are chosen at random. */
    boolean isCounterpart(OperatingPoint point) {
        return point.selection().equals("random-like:" + selection)
                && point.score().equals(score)
                && point.codec().equals(codec)
                && point.gate().equals(gate);
    }

    boolean is(OperatingPoint point) {
        return point.score().equals(score)
                && point.selection().equals(selection)
                && point.codec().equals(codec)
                && point.gate().equals(gate);
    }
}
