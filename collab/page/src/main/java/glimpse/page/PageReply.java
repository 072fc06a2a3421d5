package glimpse.page;

import glimpse.page.view.Json;
import java.util.Map;
import java.util.Objects;

/**
 * A reply as any HTTP server can send it, with {@link #HEADERS}.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body never empty
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record PageReply(int status, String contentType, byte[] body) {
    /** The headers of every reply: the page loads nothing from elsewhere, and nothing else may frame it. */
    public static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-cache");

    static final int OK = 200;

    private static final String JSON = "application/json";

    /** Checks that nothing is null. */
    public PageReply {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(body, "body");
    }

    static PageReply json(Object value) {
        return new PageReply(OK, JSON, Json.write(value));
    }

    /**
     * Returns an error.
     *
     * @param line says what is wrong and what was expected
     */
    public static PageReply error(int status, String line) {
        return new PageReply(status, JSON, Json.write(Map.of("error", line)));
    }
}
