package glimpse.service;

import glimpse.service.http.Tokens;
import java.util.Objects;
import java.util.Optional;

/**
 * Whom a server lets in. Immutable.
 *
 * @param tls for HTTPS; empty for HTTP
 * @param tokens of which a request must carry one; empty if none is needed
 * @param insecure whether to listen off loopback with neither TLS nor tokens
 */
public record Protection(Optional<TlsFiles> tls, Optional<Tokens> tokens, boolean insecure) {
    /** Anybody on this machine. */
    public static final Protection NONE = new Protection(Optional.empty(), Optional.empty(), false);

    /** Checks that nothing is null. */
    public Protection {
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(tokens, "tokens");
    }

    /** Returns whether a server may listen where other machines reach it. */
    boolean suffices() {
        return tls.isPresent() || tokens.isPresent() || insecure;
    }
}
