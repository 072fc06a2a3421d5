package glimpse.service.oip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What a server says of itself. */
public final class ServerInfo {
    /** The server's name. */
    public static final String NAME = "glimpse";

    /** The protocol's extensions that the server has. */
    public static final List<String> EXTENSIONS = List.of(
            "binary_tensor_data",
            "classification",
            "model_configuration",
            "model_repository",
            "statistics",
            "schedule_policy");

    private static final String VERSION = readVersion();

    private ServerInfo() {}

    /** Returns the version of the program. */
    public static String version() {
        return VERSION;
    }

    private static String readVersion() {
        try (InputStream version = ServerInfo.class.getResourceAsStream("version.txt")) {
            return new String(Objects.requireNonNull(version, "version.txt").readAllBytes(), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
