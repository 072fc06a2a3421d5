package glimpse.page.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;

/** The one JSON mapper. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double NANOS_PER_MICRO = 1e3;

    private Json() {}

    /** Writes maps, lists, arrays, strings and numbers on one line. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // none of these types fails
        }
    }

    static double millis(Duration duration) {
        return Math.round(duration.toNanos() / NANOS_PER_MICRO) / 1e3;
    }
}
