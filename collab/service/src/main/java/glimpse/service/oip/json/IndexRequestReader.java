package glimpse.service.oip.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import glimpse.service.oip.OipException;
import java.io.IOException;

/** Reads the body of a request for the repository's index. */
public final class IndexRequestReader {
    private static final JsonFactory JSON = new JsonFactory();

    private IndexRequestReader() {}

    /**
     * Returns whether only models that are ready are asked for.
     *
     * @param body the whole of it; may be empty
     */
    public static boolean readyAlone(byte[] body) throws OipException {
        if (body.length == 0) {
            return false;
        }
        boolean ready = false;
        try (JsonParser json = JSON.createParser(body)) {
            Fields.require(json, json.nextToken(), JsonToken.START_OBJECT, "the request", "an object");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("ready")) {
                    ready = Fields.flag(json, field);
                } else {
                    json.skipChildren();
                }
            }
            return ready;
        } catch (IOException e) {
            throw Fields.invalid("the request isn't valid JSON");
        }
    }
}
