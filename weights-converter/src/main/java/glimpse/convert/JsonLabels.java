package glimpse.convert;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import glimpse.convert.source.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Class labels in the forms of JSON in which they are published: an array in the order of the classes, or an object
 * with the classes' numbers as keys. An object may be transformers' {@code id2label} or timm's {@code label_names}, or
 * hold it as its configuration does. A label is a name, or a WordNet id and a name, as in
 * {@code imagenet_class_index.json}.
 */
final class JsonLabels {
    private static final String EXPECTED =
            ", expected id2label, {\"0\": \"NAME\", ...}, {\"0\": [\"WNID\", \"NAME\"], ...}" + " or an array of names";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,6}");
    private static final Pattern WORDNET_ID = Pattern.compile("n[0-9]{8}");

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    private JsonLabels(Path file) {
        this.file = file;
    }

    /** Returns whether a text is meant as JSON: no list of labels begins so. */
    static boolean matches(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    /** Returns the labels in the order of the classes, in the form of {@link glimpse.engine.ClassLabels#ofLines}. */
    static List<String> parse(Path file, byte[] content) throws ConvertException {
        JsonLabels labels = new JsonLabels(file);
        labels.read(JsonFile.parseStrictly(file.toString(), content));
        return labels.lines;
    }

    private void read(JsonNode root) throws ConvertException {
        JsonNode timm = root.path("label_names").isArray()
                ? root.path("label_names")
                : root.path("pretrained_cfg").path("label_names");
        if (root.isArray()) {
            readArray("", root);
        } else if (root.has("id2label")) {
            readObject("id2label", root.path("id2label"));
        } else if (timm.isArray()) {
            readArray("label_names", timm);
        } else {
            readObject("", root);
        }
    }

    private void readArray(String where, JsonNode array) throws ConvertException {
        for (JsonNode label : array) {
            lines.add(line(where + "[" + lines.size() + "]", label));
        }
    }

    private void readObject(String where, JsonNode object) throws ConvertException {
        if (!object.isObject()) {
            throw new ConvertException(file + ": " + where + " is " + Excerpt.of(object) + EXPECTED);
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!NUMBER.matcher(entry.getKey()).matches()) {
                throw new ConvertException(
                        file + ": " + key(where, entry.getKey()) + " is no class's number" + EXPECTED);
            }
        }
        for (int index = 0; index < object.size(); index++) {
            String key = Integer.toString(index);
            if (!object.has(key)) {
                boolean fromOne = index == 0 && object.has(Integer.toString(object.size()));
                throw new ConvertException(file + ": " + (where.isEmpty() ? "" : where + " ") + "has " + object.size()
                        + " names but none of class " + key + ", expected the numbers 0 to " + (object.size() - 1)
                        + (fromOne ? "; they seem to be counted from 1" : ""));
            }
            lines.add(line(key(where, key), object.path(key)));
        }
    }

    private String line(String where, JsonNode label) throws ConvertException {
        boolean pair = label.isArray() && label.size() == 2 && label.path(0).isTextual();
        JsonNode name = pair ? label.path(1) : label;
        if (!name.isTextual()
                || (pair && !WORDNET_ID.matcher(label.path(0).textValue()).matches())) {
            throw new ConvertException(file + ": " + where + " is " + Excerpt.of(label)
                    + ", expected a name, or a WordNet id (n and 8 digits) and a name");
        }
        String text = name.textValue().strip();
        if (text.isEmpty() || text.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            throw new ConvertException(
                    file + ": " + where + " is " + Excerpt.of(label) + ", expected a name of one line");
        }
        return pair ? label.path(0).textValue() + '\t' + text : text;
    }

    private static String key(String where, String key) {
        return (where.isEmpty() ? "" : where + ".") + Excerpt.quoted(key);
    }
}
