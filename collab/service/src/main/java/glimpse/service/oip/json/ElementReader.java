package glimpse.service.oip.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import glimpse.service.oip.OipException;
import glimpse.service.oip.TensorData;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the elements of a tensor, flat or nested as its shape is. */
final class ElementReader {
    private static final int FIRST_CAPACITY = 1024;

    private final String path;
    private float[] numbers = new float[0];
    private int count;
    private final List<String> strings = new ArrayList<>();

    private ElementReader(String path) {
        this.path = path;
    }

    static TensorData read(JsonParser json, String path) throws IOException, OipException {
        Fields.require(json, json.currentToken(), JsonToken.START_ARRAY, path, "an array");
        return new ElementReader(path).read(json);
    }

    private TensorData read(JsonParser json) throws IOException, OipException {
        int depth = 1; // the parser bounds it
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
                add(json.getFloatValue());
            } else {
                Fields.require(json, token, JsonToken.VALUE_STRING, path + "[" + size() + "]", "a number or a string");
                strings.add(json.getText());
            }
        }
        if (count > 0 && !strings.isEmpty()) {
            throw Fields.invalid(path + " has numbers as well as strings");
        }
        return strings.isEmpty()
                ? new TensorData.Floats(FloatBuffer.wrap(numbers, 0, count))
                : new TensorData.Base64(List.copyOf(strings));
    }

    private int size() {
        return count + strings.size();
    }

    private void add(float number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(FIRST_CAPACITY, count + count / 2));
        }
        numbers[count++] = number;
    }
}
