package glimpse.service.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of which a request must carry one. Holds their hashes alone. Immutable. */
public final class Tokens {
    private static final String SCHEME = "Bearer ";

    private final List<byte[]> hashes; // SHA-256

    private Tokens(List<byte[]> hashes) {
        this.hashes = hashes;
    }

    /**
     * Creates tokens.
     *
     * @throws IllegalArgumentException if there are none, or one has white space or is empty
     */
    public static Tokens of(List<String> tokens) {
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("there is no token, expected at least one");
        }
        for (String token : tokens) {
            if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException("a token is empty or has white space, expected printable ASCII");
            }
        }
        return new Tokens(tokens.stream().map(Tokens::hash).toList());
    }

    /**
     * Reads a file with one token per line; empty lines and those that begin with {@code #} are ignored.
     *
     * @throws IOException if the file can't be read or holds no valid token; the message names it
     */
    public static Tokens read(Path file) throws IOException {
        try {
            return of(Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Returns whether the value of an {@code Authorization} header carries one of the tokens. */
    boolean permit(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] hash = hash(authorization.substring(SCHEME.length()).strip());
        boolean permitted = false;
        for (byte[] one : hashes) { // all of them, so that the time tells nothing
            permitted |= MessageDigest.isEqual(one, hash);
        }
        return permitted;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
