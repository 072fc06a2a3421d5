package glimpse.convert.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import glimpse.convert.error.ConvertException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads JSON: the files that lie beside tensors, and a hub's answers. */
public final class JsonFile {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JsonFile() {}

    /**
     * Reads a file, whose length the caller has checked.
     *
     * @throws ConvertException naming the file if it isn't JSON
     */
    public static JsonNode read(Path file) throws IOException {
        return parse(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Reads JSON that isn't a file's.
     *
     * @param name of where it comes from, for messages
     * @throws ConvertException with the name if it isn't JSON
     */
    public static JsonNode parse(String name, byte[] content) throws ConvertException {
        try {
            return MAPPER.readTree(content);
        } catch (JacksonException e) {
            throw new ConvertException(name + ": not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) { // of an encoding that isn't one of JSON's
            throw new ConvertException(name + ": not valid JSON: " + e.getMessage(), e);
        }
    }
}
