package glimpse.service.oip.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import glimpse.service.oip.OipException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads single values of a request. */
final class Fields {
    private static final int MAX_DIMENSIONS = 16;

    private Fields() {}

    static void require(JsonParser json, @Nullable JsonToken token, JsonToken expected, String path, String what)
            throws IOException, OipException {
        if (token != expected) {
            throw invalid(path + " is " + (token == null ? "empty" : "'" + shortened(json.getText()) + "'")
                    + ", expected " + what);
        }
    }

    private static String shortened(@Nullable String text) {
        String whole = String.valueOf(text);
        return whole.length() <= 40 ? whole : whole.substring(0, 40) + "...";
    }

    static String string(JsonParser json, String path) throws IOException, OipException {
        require(json, json.currentToken(), JsonToken.VALUE_STRING, path, "a string");
        return json.getText();
    }

    static long integer(JsonParser json, String path) throws IOException, OipException {
        require(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, path, "an integer");
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw invalid(path + " is " + shortened(json.getText()) + ", expected a 64-bit integer");
        }
        return json.getLongValue();
    }

    static boolean flag(JsonParser json, String path) throws IOException, OipException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_TRUE) {
            require(json, token, JsonToken.VALUE_FALSE, path, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    static List<Long> integers(JsonParser json, String path) throws IOException, OipException {
        require(json, json.currentToken(), JsonToken.START_ARRAY, path, "an array of integers");
        List<Long> integers = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (integers.size() == MAX_DIMENSIONS) {
                throw invalid(path + " has more than " + MAX_DIMENSIONS + " dimensions");
            }
            integers.add(integer(json, path + "[" + integers.size() + "]"));
        }
        return integers;
    }

    static OipException invalid(String message) {
        return new OipException(OipException.Code.INVALID, message);
    }
}
