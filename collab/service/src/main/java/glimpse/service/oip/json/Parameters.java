package glimpse.service.oip.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import glimpse.service.oip.OipException;
import java.io.IOException;
import java.util.Optional;

/**
 * The parameters of a request, an input or an output that this server knows; others are ignored.
 *
 * @param priority 0 if there is none
 * @param timeoutMicros 0 if there is none
 * @param binaryBytes the length of an input's binary data; -1 if there is none
 * @param binaryOutputs whether all outputs come as binary data
 * @param binary whether this output comes as binary data
 * @param classes 0 for the tensor itself
 */
record Parameters(
        long priority,
        long timeoutMicros,
        long binaryBytes,
        boolean binaryOutputs,
        Optional<Boolean> binary,
        int classes) {
    static final Parameters NONE = new Parameters(0, 0, -1, false, Optional.empty(), 0);

    static Parameters read(JsonParser json, String path) throws IOException, OipException {
        Fields.require(json, json.currentToken(), JsonToken.START_OBJECT, path, "an object");
        long priority = 0;
        long timeoutMicros = 0;
        long binaryBytes = -1;
        boolean binaryOutputs = false;
        Optional<Boolean> binary = Optional.empty();
        int classes = 0;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            String where = path + "." + field;
            json.nextToken();
            switch (field) {
                case "priority" -> priority = Fields.integer(json, where);
                case "timeout" -> timeoutMicros = Fields.integer(json, where);
                case "binary_data_size" -> binaryBytes = size(json, where);
                case "binary_data_output" -> binaryOutputs = Fields.flag(json, where);
                case "binary_data" -> binary = Optional.of(Fields.flag(json, where));
                case "classification" -> classes = (int) Math.min(size(json, where), Integer.MAX_VALUE);
                default -> json.skipChildren();
            }
        }
        return new Parameters(priority, timeoutMicros, binaryBytes, binaryOutputs, binary, classes);
    }

    private static long size(JsonParser json, String where) throws IOException, OipException {
        long size = Fields.integer(json, where);
        if (size < 0) {
            throw Fields.invalid(where + " is " + size + ", expected at least 0");
        }
        return size;
    }
}
