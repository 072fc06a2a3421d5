package glimpse.service.oip;

import glimpse.service.metrics.InferenceStatistics;
import glimpse.service.metrics.ModelStatistics;
import glimpse.service.model.ModelStore;
import glimpse.service.model.ServedModel;
import glimpse.service.oip.OipException.Code;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The models as the protocol's clients see and control them. Thread-safe. */
public final class Repository {
    private final ModelStore models;
    private final InferenceStatistics statistics;
    private final boolean control;
    private final Executor loads;

    /**
     * Creates a repository.
     *
     * @param control whether clients may load and unload models
     * @param loads runs what loads and unloads them, one after the other: it takes seconds, and would keep requests
     *     from being read
     */
    public Repository(ModelStore models, InferenceStatistics statistics, boolean control, Executor loads) {
        this.models = models;
        this.statistics = statistics;
        this.control = control;
        this.loads = loads;
    }

    /**
     * Returns a model.
     *
     * @param version empty for any
     * @throws OipException if there is none, or it isn't loaded
     */
    public ServedModel find(String name, String version) throws OipException {
        require(name, version);
        return models.find(name)
                .orElseThrow(() -> new OipException(Code.UNAVAILABLE, "model '" + name + "' isn't loaded"));
    }

    private void require(String name, String version) throws OipException {
        if (!models.names().contains(name)) {
            throw new OipException(
                    Code.NOT_FOUND, "there is no model '" + name + "', expected one of " + models.names());
        }
        if (!version.isEmpty() && !version.equals(ModelInterface.VERSION)) {
            throw new OipException(
                    Code.NOT_FOUND,
                    "model '" + name + "' has no version '" + version + "', expected " + ModelInterface.VERSION);
        }
    }

    /** Returns whether a model is loaded; an unknown one isn't. */
    public boolean isReady(String name, String version) {
        return models.find(name).isPresent() && (version.isEmpty() || version.equals(ModelInterface.VERSION));
    }

    /**
     * Lists the models.
     *
     * @param readyAlone whether to leave out those that aren't loaded
     */
    public List<RepositoryEntry> index(boolean readyAlone) {
        return models.names().stream()
                .map(name -> new RepositoryEntry(name, models.find(name).isPresent()))
                .filter(entry -> entry.isReady() || !readyAlone)
                .toList();
    }

    /**
     * Returns statistics by model.
     *
     * @param name empty for all models
     * @param version empty for any
     * @throws OipException if there is no such model
     */
    public Map<String, ModelStatistics> statistics(String name, String version) throws OipException {
        if (!name.isEmpty()) {
            require(name, version);
        }
        Map<String, ModelStatistics> found = new LinkedHashMap<>();
        for (String model : name.isEmpty() ? models.names() : List.of(name)) {
            found.put(model, statistics.of(model));
        }
        return found;
    }

    /**
     * Loads a model from its file, whether it is loaded already or not, on another thread than the caller's. Takes as
     * long as that does; loads and unloads come one after the other.
     *
     * @return fails with an {@link OipException} if the file can't be loaded
     * @throws OipException if there is no such model, or clients may not
     */
    public CompletableFuture<Void> load(String name) throws OipException {
        requireControl(name);
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        models.load(name);
                    } catch (IOException | RuntimeException | OutOfMemoryError e) {
                        throw new CompletionException(new OipException(
                                Code.FAILED, "model '" + name + "' can't be loaded: " + e.getMessage()));
                    }
                },
                loads);
    }

    /**
     * Unloads a model; does nothing if it isn't loaded.
     *
     * @throws OipException if there is no such model, or clients may not
     */
    public CompletableFuture<Void> unload(String name) throws OipException {
        requireControl(name);
        return CompletableFuture.runAsync(() -> models.unload(name), loads);
    }

    private void requireControl(String name) throws OipException {
        if (!control) {
            throw new OipException(
                    Code.FORBIDDEN, "clients may not load and unload models; the server was started without it");
        }
        require(name, "");
    }
}
