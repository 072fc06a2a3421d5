package glimpse.convert.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import glimpse.convert.error.ConvertException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads JSON: the files that lie beside tensors, and a hub's answers. */
public final class JsonFile {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

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
        return parse(MAPPER, name, content);
    }

    /**
     * Reads the same, where a key must not occur twice in an object and nothing may follow.
     *
     * @param name of where it comes from, for messages
     * @throws ConvertException with the name if it isn't such JSON; a key that occurs twice is named
     */
    public static JsonNode parseStrictly(String name, byte[] content) throws ConvertException {
        return parse(STRICT, name, content);
    }

    private static JsonNode parse(JsonMapper mapper, String name, byte[] content) throws ConvertException {
        try {
            return mapper.readTree(content);
        } catch (JacksonException e) {
            throw new ConvertException(name + ": not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) { // of an encoding that isn't one of JSON's
            throw new ConvertException(name + ": not valid JSON: " + e.getMessage(), e);
        }
    }
}
