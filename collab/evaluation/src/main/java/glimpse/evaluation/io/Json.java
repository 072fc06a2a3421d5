package glimpse.evaluation.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds the one JSON mapper. Thread-safe. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern UNNAMED_SOURCE = Pattern.compile("\\[Source: [^;]*; ([^\\]]*)]");

    private Json() {}

    /** Returns the mapper, which is thread-safe. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Returns maps, lists, records, enums, strings and numbers as indented JSON, without a line feed at the end. What a
     * terminal obeys is escaped.
     */
    public static String write(Object value) {
        try {
            return VisibleText.lines(MAPPER.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // none of these types fails
        }
    }

    /** Returns the same as {@link #write} on one line. */
    public static String line(Object value) {
        try {
            return VisibleText.lines(
                    MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // none of these types fails
        }
    }

    /** Returns a number for a file; null for NaN, which JSON doesn't have. */
    public static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /**
     * Reads a file. Numbers may be NaN or infinite, so that whoever expects another can name the field.
     *
     * @throws IllegalArgumentException naming the file if it isn't JSON in UTF-8, or is too long
     * @throws IOException if it can't be read
     */
    public static JsonNode read(Path file) throws IOException {
        try {
            return MAPPER.reader()
                    .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .readTree(BoundedText.read(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": not JSON: " + reason(e), e);
        }
    }

    /** Says what isn't JSON, and where, without what the parser says about a source that it doesn't name. */
    private static String reason(JsonProcessingException e) {
        String place = e.getLocation() == null
                ? ""
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ": ";
        return place
                + UNNAMED_SOURCE.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("$1");
    }
}
