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
 * One setting of the method: what is uploaded, and when. Tables, charts and link times are keyed by it. Immutable.
 *
 * @param upload what the server is sent of each offloaded image
 * @param gate decides which images are offloaded
 */
public record OperatingPoint(Upload upload, OffloadGate gate) {
    /** The names of the fields that describe a point in every file, in their order. */
    public static final List<String> FIELDS = List.of("score", "selection", "codec", "gate");

    /**
     * Reads a point from its fields; the inverse of {@link #fields}.
     *
     * @param fields maps each of {@link #FIELDS} to its text
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static OperatingPoint of(UnaryOperator<String> fields) {
        Upload upload = Upload.parse(fields.apply("score"), fields.apply("selection"), fields.apply("codec"));
        return new OperatingPoint(upload, OffloadGate.parseOne(fields.apply("gate")));
    }

    /**
     * Reads a point from one word, {@code mean/sum:0.97/raw/min-entropy:0.8}; the inverse of {@link #spec}.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static OperatingPoint parse(String spec) {
        int slash = spec.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + spec + "' is invalid, expected an upload and a gate, such as mean/sum:0.97/raw/always");
        }
        return new OperatingPoint(Upload.parse(spec.substring(0, slash)), OffloadGate.parseOne(spec.substring(slash + 1)));
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

    /** Returns the point as one word, {@code mean/sum:0.97/raw/min-entropy:0.8}; {@link #parse} reads it back. */
    public String spec() {
        return upload.spec() + "/" + gate.spec();
    }

    /**
     * Returns the point that selects as many patches of each image at random; empty if this point's patches aren't
     * selected by attention.
     */
    public Optional<OperatingPoint> randomMatched() {
        return upload instanceof Upload.Patches(SelectionPolicy(var score, var selection), var codec)
                        && !selection.isRandom()
                ? Optional.of(new OperatingPoint(
                        new Upload.Patches(new SelectionPolicy(score, PatchSelection.randomMatched(selection)), codec),
                        gate))
                : Optional.empty();
    }
}
