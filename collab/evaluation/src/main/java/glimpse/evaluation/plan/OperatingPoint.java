package glimpse.evaluation.plan;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
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
 * @param until ends an upload in rounds; empty for any other
 */
public record OperatingPoint(Upload upload, OffloadGate gate, Optional<StopRule> until) {
    /** The names of the fields that describe a point in every file, in their order. */
    public static final List<String> FIELDS = List.of("score", "selection", "codec", "gate");

    /** The name of the further field of a point whose upload is in rounds. */
    public static final String UNTIL = "until";

    /** Checks that an upload in rounds has a rule, and no other; and that none loses packets. */
    public OperatingPoint {
        if (upload instanceof Upload.Erased erased) {
            throw new IllegalArgumentException(
                    upload.spec() + " loses packets, expected " + erased.sent().spec());
        }
        if (upload.isInRounds() != until.isPresent()) {
            throw new IllegalArgumentException(upload.spec()
                    + (upload.isInRounds() ? " has no rule that ends its rounds" : " has no rounds to end")
                    + ", expected " + (upload.isInRounds() ? "one" : "no rule"));
        }
    }

    /** Makes a point whose upload isn't in rounds. */
    public OperatingPoint(Upload upload, OffloadGate gate) {
        this(upload, gate, Optional.empty());
    }

    /**
     * Reads a point from its fields; the inverse of {@link #fields}.
     *
     * @param fields maps each of {@link #FIELDS} to its text, and {@link #UNTIL} to an empty one where there is none
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static OperatingPoint of(UnaryOperator<String> fields) {
        Upload upload = Upload.parse(fields.apply("score"), fields.apply("selection"), fields.apply("codec"));
        String until = fields.apply(UNTIL);
        return new OperatingPoint(
                upload,
                OffloadGate.parseOne(fields.apply("gate")),
                until.isEmpty() ? Optional.empty() : Optional.of(StopRule.parseOne(until)));
    }

    /**
     * Reads a point from one word, {@code mean/sum:0.97/raw/min-entropy:0.8} or
     * {@code mean/rounds:top:10,all/raw/min-entropy:0.8/min-entropy:0.3}; the inverse of {@link #spec}.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    public static OperatingPoint parse(String spec) {
        int slash = spec.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + spec + "' is invalid, expected an upload and a gate, such as mean/sum:0.97/raw/always");
        }
        int before = spec.lastIndexOf('/', slash - 1);
        if (before >= 0 && isInRounds(spec.substring(0, before))) {
            return new OperatingPoint(
                    Upload.parse(spec.substring(0, before)),
                    OffloadGate.parseOne(spec.substring(before + 1, slash)),
                    Optional.of(StopRule.parseOne(spec.substring(slash + 1))));
        }
        return new OperatingPoint(
                Upload.parse(spec.substring(0, slash)), OffloadGate.parseOne(spec.substring(slash + 1)));
    }

    private static boolean isInRounds(String upload) {
        try {
            return Upload.parse(upload).isInRounds();
        } catch (IllegalArgumentException e) {
            return false; // what is before a gate alone
        }
    }

    /** Returns the point's fields by name, {@link #FIELDS} and perhaps {@link #UNTIL}; {@link #of} reads them back. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("score", upload.score());
        fields.put("selection", upload.selection());
        fields.put("codec", upload.codec());
        fields.put("gate", gate.spec());
        until.ifPresent(rule -> fields.put(UNTIL, rule.spec()));
        return fields;
    }

    /** Returns the same point with another gate. */
    public OperatingPoint with(OffloadGate other) {
        return new OperatingPoint(upload, other, until);
    }

    /** Returns when an image is offloaded and its rounds end: {@code min-entropy:0.8 until min-entropy:0.3}. */
    public String when() {
        return gate.spec() + until.map(rule -> " until " + rule.spec()).orElse("");
    }

    /** Returns the point as one word, {@code mean/sum:0.97/raw/min-entropy:0.8}; {@link #parse} reads it back. */
    public String spec() {
        return upload.spec() + "/" + gate.spec()
                + until.map(rule -> "/" + rule.spec()).orElse("");
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
                        gate,
                        until))
                : Optional.empty();
    }
}
