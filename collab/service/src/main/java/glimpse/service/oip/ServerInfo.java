package glimpse.service.oip;

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

    private ServerInfo() {}

    /** Returns the version of the program, or "unknown" if it doesn't run from a jar. */
    public static String version() {
        return Objects.requireNonNullElse(ServerInfo.class.getPackage().getImplementationVersion(), "unknown");
    }
}
