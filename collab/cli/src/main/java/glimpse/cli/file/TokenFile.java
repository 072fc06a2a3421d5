package glimpse.cli.file;

import glimpse.cli.error.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that holds one token. */
public final class TokenFile {
    private static final int MAX_BYTES = 8192;

    private TokenFile() {}

    /**
     * Returns the token.
     *
     * @param option that names the file, for error messages
     * @throws UsageException if there is no such file, or it is too long or empty
     */
    public static String read(String option, Path file) throws IOException {
        InputFiles.require(option, file);
        if (Files.size(file) > MAX_BYTES) {
            throw new UsageException(option + " " + file + ": has more than " + MAX_BYTES + " bytes");
        }
        String token = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new UsageException(
                    option + " " + file + ": the token is empty or has characters other than visible ASCII");
        }
        return token;
    }
}
