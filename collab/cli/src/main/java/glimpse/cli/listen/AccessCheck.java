package glimpse.cli.listen;

import com.sun.net.httpserver.Headers;
import glimpse.page.Page;
import glimpse.page.PageReply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which requests are served: those with the token, if there is one, and those that no page of another site has
 * sent by way of somebody's browser. The page's own files need no token. Immutable.
 */
public final class AccessCheck {
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;
    private static final String SCHEME = "Bearer ";
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Optional<String> token;
    private final boolean loopback;

    /**
     * Creates a check.
     *
     * @param token that requests need; empty if they need none
     * @param loopback whether the server listens on loopback alone
     */
    public AccessCheck(Optional<String> token, boolean loopback) {
        this.token = token;
        this.loopback = loopback;
    }

    /** Returns why a request isn't served; empty if it is. */
    Optional<PageReply> refusal(String path, Headers headers) {
        String host = String.valueOf(headers.getFirst("Host")).toLowerCase(Locale.ROOT);
        if (loopback && !LOOPBACK.contains(PORT.matcher(host).replaceFirst(""))) {
            return Optional.of(PageReply.error(FORBIDDEN, "this server is for this machine alone, not for " + host));
        }
        String origin = headers.getFirst("Origin");
        if (origin != null && !origin.toLowerCase(Locale.ROOT).endsWith("://" + host)) {
            return Optional.of(PageReply.error(FORBIDDEN, "requests from pages of " + origin + " aren't served"));
        }
        boolean open = token.isEmpty() || path.equals(Page.ROOT_PATH) || path.startsWith(Page.FILES_PREFIX);
        return open || permitted(String.valueOf(headers.getFirst("Authorization")))
                ? Optional.empty()
                : Optional.of(PageReply.error(UNAUTHORISED, "expected Authorization: Bearer TOKEN with a valid token"));
    }

    private boolean permitted(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token.orElseThrow().getBytes(StandardCharsets.UTF_8),
                        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
