package glimpse.service.model;

import glimpse.engine.Workers;
import glimpse.service.queue.InferenceQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models that a server has loaded, by name. A model whose file is replaced is loaded beside the one that serves and
 * takes its place once it is warm; requests that were accepted before still get the earlier model's reply. Thread-safe.
 */
public final class ModelStore {
    private final Workers workers;
    private final InferenceQueue queue;
    private final Map<String, Entry> entries = new LinkedHashMap<>(); // unmodified once made

    /** One name: the file, and the version that serves. */
    private static final class Entry {
        private final ModelFile file;
        // guarded by this entry
        private @Nullable FileStamp loaded;
        private @Nullable FileStamp seen;
        private volatile @Nullable ServedModel model;

        Entry(ModelFile file) {
            this.file = file;
        }
    }

    /**
     * Creates a store without loading anything yet.
     *
     * @param files with different names
     * @param workers run the forward passes; the caller closes them
     * @param queue in which the models' requests wait
     */
    public ModelStore(List<ModelFile> files, Workers workers, InferenceQueue queue) {
        this.workers = workers;
        this.queue = queue;
        files.forEach(file -> entries.put(file.name(), new Entry(file)));
    }

    /**
     * Loads all models and warms them up.
     *
     * @throws IOException if a file can't be read or isn't a model with a classifier; the message names it
     */
    public void load() throws IOException {
        for (Entry entry : entries.values()) {
            load(entry);
        }
    }

    /** Returns the model of a name; empty if there is none, or it isn't loaded yet. */
    public Optional<ServedModel> find(String name) {
        return Optional.ofNullable(entries.get(name)).map(entry -> entry.model);
    }

    /** Returns all names, in the order in which they were given; a model may not be loaded. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /**
     * Loads a model from its file as it is now, whether it is loaded already or not.
     *
     * @param name one of {@link #names}
     * @throws IOException if the file can't be read or isn't a model with a classifier; the message names it, and an
     *     earlier version still serves
     */
    public void load(String name) throws IOException {
        load(entry(name));
    }

    /** Removes a model; requests that were accepted before still get its reply. */
    public void unload(String name) {
        Entry entry = entry(name);
        synchronized (entry) {
            entry.model = null;
        }
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no model '" + name + "'");
        }
        return entry;
    }

    private void load(Entry entry) throws IOException {
        synchronized (entry) {
            FileStamp now = entry.file.content().stamp();
            entry.model = ServedModel.load(entry.file, workers, queue);
            entry.loaded = now;
            entry.seen = now;
        }
    }

    /** Returns the models that are loaded, in the order in which they were given. */
    public List<ServedModel> all() {
        return entries.values().stream()
                .flatMap(entry -> Stream.ofNullable(entry.model))
                .toList();
    }

    /**
     * Loads the models whose files have changed since they were loaded. A file counts as changed once it has been the
     * same for two calls, so that one that is still being written isn't read. A file that can't be loaded, or is
     * missing, leaves the model as it is, and isn't tried again before it changes.
     *
     * @return what happened, in words, one line per model that was or should have been loaded
     */
    public List<Reload> reloadChanged() {
        List<Reload> reloads = new ArrayList<>();
        entries.values().forEach(entry -> reloadChanged(entry).ifPresent(reloads::add));
        return reloads;
    }

    /**
     * An attempt to load a model again.
     *
     * @param name of the model
     * @param succeeded whether the new model serves
     * @param message one line for a log
     */
    public record Reload(String name, boolean succeeded, String message) {}

    private Optional<Reload> reloadChanged(Entry entry) {
        synchronized (entry) {
            FileStamp now;
            try {
                now = entry.file.content().stamp();
            } catch (IOException | RuntimeException e) {
                return Optional.empty(); // between two versions
            }
            if (entry.model == null) {
                return Optional.empty(); // a client has unloaded it
            }
            boolean settled = now.equals(entry.seen);
            entry.seen = now;
            if (!settled || now.equals(entry.loaded)) {
                return Optional.empty();
            }
            entry.loaded = now;
            String name = entry.file.name();
            try {
                ServedModel model = ServedModel.load(entry.file, workers, queue);
                entry.model = model;
                return Optional.of(new Reload(
                        name,
                        true,
                        "model " + name + ": loaded " + entry.file.content() + " again: " + model.sha256()));
            } catch (IOException | RuntimeException | Error e) {
                return Optional.of(new Reload(
                        name,
                        false,
                        "model " + name + ": the new file isn't used, the earlier one still serves: "
                                + e.getMessage()));
            }
        }
    }
}
