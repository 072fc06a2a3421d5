package glimpse.convert.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The hash by which the hub names a file's content: SHA-256 of a large file, and of a small one the SHA-1 that git
 * gives it, which covers its length too.
 */
final class ContentHash {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int SHA1_DIGITS = 40;
    private static final int BUFFER_BYTES = 1 << 18;

    private ContentHash() {}

    /** Returns whether a text is such a hash. */
    static boolean isHash(String text) {
        return FORM.matcher(text).matches();
    }

    /** Returns whether a file has the content that a hash names. */
    static boolean matches(Path file, String hash) throws IOException {
        MessageDigest digest = digest(hash.length() == SHA1_DIGITS ? "SHA-1" : "SHA-256");
        if (hash.length() == SHA1_DIGITS) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(hash);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1 and SHA-256", e);
        }
    }
}
