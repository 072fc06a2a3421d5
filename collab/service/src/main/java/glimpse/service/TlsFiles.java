package glimpse.service;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a server proves itself with, and what its clients must.
 *
 * @param certificate a chain of X.509 certificates in PEM format, the server's own first
 * @param key its private key in PEM format (PKCS 8), without a password
 * @param clientCa certificates in PEM format, one of which must have signed a client's; empty if clients need none
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientCa) {}
