package glimpse.cli.model;

import glimpse.cli.progress.DownloadProgress;
import glimpse.convert.HubModels;
import glimpse.convert.hub.DownloadListener;
import glimpse.convert.hub.Hub;
import glimpse.convert.hub.HubReference;
import glimpse.convert.hub.HubSettings;
import glimpse.convert.hub.HubSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Models and checkpoints of a hub, for whatever option names one as {@code hf:OWNER/NAME}. */
public final class HubFiles {
    private final Hub hub;
    private final Path converted;

    private HubFiles(Hub hub, Path converted) {
        this.hub = hub;
        this.converted = converted;
    }

    /** Returns those that the process's environment names. */
    public static HubFiles ofProcess() throws IOException {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * Returns those that an environment names.
     *
     * @param environment the variables of {@link HubSettings}, and GLIMPSE_CACHE or XDG_CACHE_HOME for converted models
     * @param home the user's home folder
     */
    static HubFiles of(Map<String, String> environment, Path home) throws IOException {
        String own = environment.getOrDefault("GLIMPSE_CACHE", "");
        String user = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path users = user.isBlank() ? home.resolve(".cache") : Path.of(user);
        Path cache = own.isBlank() ? users.resolve("glimpse") : Path.of(own);
        return new HubFiles(new Hub(HubSettings.of(environment, home)), cache.resolve("models"));
    }

    /** Returns whether a name is meant as a hub's. */
    public static boolean isReference(String name) {
        return HubReference.isReference(name);
    }

    /** Returns a model in the engine's form: downloaded and converted once, with the progress on standard error. */
    public Path model(String name) throws IOException {
        try (DownloadProgress progress = new DownloadProgress()) {
            return model(name, progress);
        }
    }

    Path model(String name, DownloadListener listener) throws IOException {
        Objects.requireNonNull(listener, "listener");
        return new HubModels(hub, converted).file(HubReference.parse(name), listener);
    }

    /** Returns a checkpoint as it was published, downloaded once, with the progress on standard error. */
    public Path checkpoint(String name) throws IOException {
        try (DownloadProgress progress = new DownloadProgress()) {
            HubSnapshot snapshot = hub.fetch(HubReference.parse(name), progress);
            snapshot.verify();
            return snapshot.source();
        }
    }
}
