package glimpse.evaluation.plan;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One setting of the method: what is uploaded, and when. Tables, charts, link times and choices are keyed by it.
 * Immutable.
 *
 * @param upload what the server is sent of an image that is offloaded
 * @param gate decides whether the edge's prediction stands and nothing is sent
 */
public record OperatingPoint(Upload upload, OffloadGate gate) {
    /** The names of the fields that describe a point in every file, in their order. */
    public static final List<String> FIELDS = List.of("score", "selection", "codec", "gate");

    /**
     * Reads a point from its fields.
     *
     * @param fields gives the text of each of {@link #FIELDS}
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static OperatingPoint of(UnaryOperator<String> fields) {
        Upload upload = Upload.parse(fields.apply("score"), fields.apply("selection"), fields.apply("codec"));
        return new OperatingPoint(upload, OffloadGate.parseOne(fields.apply("gate")));
    }

    /** Returns the point's fields by name, in the order of {@link #FIELDS}; {@link #of} reads them back. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("score", upload.score());
        fields.put("selection", upload.selection());
        fields.put("codec", upload.codec());
        fields.put("gate", gate.spec());
        return fields;
    }

    /** Returns the point as one word, {@code mean/sum:0.97/raw/min-entropy:0.8}. */
    public String spec() {
        return upload.spec() + "/" + gate.spec();
    }

    /** Returns the same point with as many patches selected at random; empty if attention selects nothing. */
    public Optional<OperatingPoint> randomMatched() {
        return upload instanceof Upload.Patches(SelectionPolicy(var score, var selection), var codec)
                        && !selection.isRandom()
                ? Optional.of(new OperatingPoint(
                        new Upload.Patches(new SelectionPolicy(score, PatchSelection.randomMatched(selection)), codec),
                        gate))
                : Optional.empty();
    }
}
