package glimpse.page;

import java.util.Objects;

/**
 * A request as any HTTP server has it.
 *
 * @param method such as {@code GET}
 * @param path decoded, beginning with a slash
 * @param query as it came, without the question mark; empty if there is none
 * @param body empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
public record PageRequest(String method, String path, String query, byte[] body) {
    /** Checks that nothing is null. */
    public PageRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(body, "body");
    }
}
