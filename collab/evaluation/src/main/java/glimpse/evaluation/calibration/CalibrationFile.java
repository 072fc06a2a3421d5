package glimpse.evaluation.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.collab.node.Classifier;
import glimpse.evaluation.calibration.Calibration.CalibratedPair;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.JsonObject;
import glimpse.evaluation.plan.OperatingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The JSON file of a calibration. Reading it checks every field, and that the counts keep the promise. */
public final class CalibrationFile {
    private static final int FORMAT = 1;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");

    private static final List<String> FIELDS = fields();

    private CalibrationFile() {}

    private static List<String> fields() {
        List<String> fields = new ArrayList<>(List.of(
                "calibration", "images", "edge_sha256", "server_sha256", "edge_temperature", "server_temperature"));
        fields.addAll(OperatingPoint.FIELDS);
        fields.addAll(List.of(
                OperatingPoint.UNTIL,
                "risk",
                "confidence",
                "chosen_on",
                "promised_on",
                "confident",
                "disagreements",
                "wrong",
                "weights"));
        return List.copyOf(fields);
    }

    /** Writes a calibration. */
    public static void write(Path file, Calibration calibration) throws IOException {
        AtomicFile.write(file, Json.write(values(calibration)) + "\n");
    }

    /** Returns the fields in the file's order. */
    private static Map<String, Object> values(Calibration calibration) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("calibration", FORMAT);
        values.put("images", calibration.images());
        values.put("edge_sha256", calibration.pair().edgeSha256());
        values.put("server_sha256", calibration.pair().serverSha256());
        values.put("edge_temperature", calibration.pair().edgeTemperature());
        values.put("server_temperature", calibration.pair().serverTemperature());
        values.putAll(calibration.point().fields());
        values.put("risk", calibration.promise().risk());
        calibration.promise().confidence().ifPresent(confidence -> values.put("confidence", confidence));
        values.put("chosen_on", calibration.chosenOn());
        values.put("promised_on", calibration.counts().images());
        values.put("confident", calibration.counts().confident());
        values.put("disagreements", calibration.counts().disagreements());
        values.put("wrong", calibration.counts().wrong());
        if (!calibration.weights().isEmpty()) {
            values.put("weights", calibration.weights());
        }
        return values;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException with one line that names the file, the field and what was expected
     * @throws IOException if it can't be read
     */
    public static Calibration read(Path file) throws IOException {
        String where = file.toString();
        JsonNode values = Json.read(file);
        if (!values.isObject()) {
            throw new IllegalArgumentException(where + ": not a calibration, expected a JSON object");
        }
        JsonObject object = new JsonObject(values, where);
        if (object.count("calibration") != FORMAT) {
            throw new IllegalArgumentException(
                    where + ": calibration is " + object.count("calibration") + ", expected " + FORMAT);
        }
        values.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException(
                        where + ": '" + name + "' is unknown, expected " + String.join(", ", FIELDS));
            }
        });
        CalibratedPair pair = new CalibratedPair(
                sha256(object, "edge_sha256"),
                sha256(object, "server_sha256"),
                temperature(object, "edge_temperature"),
                temperature(object, "server_temperature"));
        OperatingPoint point = object.point();
        return named(
                where,
                () -> new Calibration(
                        pair,
                        point,
                        new Promise(object.share("risk"), confidence(object)),
                        object.text("images"),
                        object.count("chosen_on"),
                        new GateCounts(
                                object.count("promised_on"),
                                object.count("confident"),
                                object.count("disagreements"),
                                object.count("wrong")),
                        weights(values.path("weights"), where)));
    }

    private static OptionalDouble confidence(JsonObject object) {
        return object.values().has("confidence")
                ? OptionalDouble.of(object.share("confidence"))
                : OptionalDouble.empty();
    }

    private static String sha256(JsonObject object, String name) {
        String text = object.text(name);
        if (!SHA256.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    object.where() + ": " + name + " is '" + text + "', expected 64 hexadecimal digits");
        }
        return text;
    }

    private static double temperature(JsonObject object, String name) {
        double value = object.number(name);
        if (!(value >= Classifier.MIN_TEMPERATURE && value <= Classifier.MAX_TEMPERATURE)) {
            throw new IllegalArgumentException(object.where() + ": " + name + " is " + value + ", expected "
                    + Classifier.MIN_TEMPERATURE + ".." + Classifier.MAX_TEMPERATURE);
        }
        return value;
    }

    private static SortedMap<Integer, Float> weights(JsonNode values, String where) {
        SortedMap<Integer, Float> weights = new TreeMap<>();
        if (!values.isMissingNode() && !values.isObject()) {
            throw new IllegalArgumentException(where + ": weights is " + values + ", expected an object");
        }
        values.properties().forEach(one -> {
            float weight = one.getValue().isNumber() ? one.getValue().floatValue() : Float.NaN;
            if (!COUNT.matcher(one.getKey()).matches() || !(weight >= 0 && weight <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException(where + ": weights: '" + one.getKey() + "' is " + one.getValue()
                        + ", expected numbers of patches with weights of at least 0");
            }
            weights.put(Integer.parseInt(one.getKey()), weight);
        });
        return weights;
    }

    /** Names the file in errors that don't. */
    private static <T> T named(String where, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            String message = "" + e.getMessage();
            throw new IllegalArgumentException(message.startsWith(where) ? message : where + ": " + message, e);
        }
    }
}
