package glimpse.convert.hub;

import glimpse.convert.checkpoint.Checkpoint;
import glimpse.convert.error.ConvertException;
import glimpse.convert.hub.Repository.Listing;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Fetches checkpoints from a Hugging Face hub by name. Files are downloaded once, resumed where an earlier download was
 * interrupted, verified by the hash that the hub tells, and kept in the cache of Python's huggingface_hub: what that
 * has downloaded is used, and the other way round. Thread-safe; two processes don't download the same file at a time.
 */
public final class Hub {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration STALL = Duration.ofSeconds(30);

    private final HubSettings settings;
    private final Duration pause;
    private final Duration stall;

    /** Creates a hub with these settings. */
    public Hub(HubSettings settings) {
        this(settings, PAUSE, STALL);
    }

    Hub(HubSettings settings, Duration pause, Duration stall) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.pause = pause;
        this.stall = stall;
    }

    /**
     * Fetches a checkpoint: the file, the shards if it is an index, and the configurations beside it. A branch or tag
     * is looked up at each call; if the hub can't be reached and the cache has the files, those are used and a remark
     * says so.
     *
     * @throws ConvertException if there is no such model, revision or file, if the model is gated or private, or if the
     *     files aren't in the cache and the settings are offline
     * @throws IOException if the network or the cache fails, or what arrives isn't what the hub told
     */
    public HubSnapshot fetch(HubReference reference, DownloadListener listener) throws IOException {
        HubCache cache = new HubCache(settings.cache(), reference);
        Optional<HubSnapshot> cached = cached(cache, reference);
        if (settings.offline()) {
            return cached.orElseThrow(() -> new ConvertException(
                    reference + ": not in the cache " + settings.cache() + ", and HF_HUB_OFFLINE is set"));
        }
        if (reference.isCommit() && cached.isPresent()) {
            return cached.get();
        }
        try (HubHttp http = new HubHttp(settings)) {
            return new Fetch(http, cache, reference, listener).run();
        } catch (ConvertException | FileSystemException e) { // a refusal, or this machine's files
            throw e;
        } catch (IOException e) {
            String failure = failure(reference, e);
            if (cached.isEmpty()) {
                throw new IOException(failure, e);
            }
            listener.remark(
                    failure + "; using the cached commit " + cached.get().commit());
            return cached.get();
        }
    }

    private String failure(HubReference reference, IOException e) {
        String message = e.getMessage();
        return message != null && message.startsWith(HubReference.PREFIX)
                ? message
                : reference + ": can't reach " + settings.endpoint() + (message == null ? "" : ": " + message);
    }

    /** Returns what the cache has of a checkpoint if that is all of it. */
    private static Optional<HubSnapshot> cached(HubCache cache, HubReference reference) throws IOException {
        Optional<String> commit =
                reference.isCommit() ? Optional.of(reference.revision()) : cache.commit(reference.revision());
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        String known = commit.get();
        Optional<String> main = reference.file().isPresent()
                ? reference.file()
                : Checkpoint.USUAL_NAMES.stream()
                        .filter(name -> cache.file(known, name).isPresent())
                        .findFirst();
        if (main.isEmpty() || cache.file(known, main.get()).isEmpty()) {
            return Optional.empty();
        }
        Map<String, Path> files = new TreeMap<>();
        List<String> needed = new ArrayList<>(List.of(main.get()));
        if (CheckpointFiles.isIndex(main.get())) {
            needed.addAll(CheckpointFiles.shards(
                    main.get(), cache.file(known, main.get()).orElseThrow()));
        }
        for (String path : CheckpointFiles.configurations(main.get())) {
            if (!cache.isKnownMissing(known, path) && (path.endsWith("/config.json") || path.equals("config.json"))) {
                needed.add(path); // heads and classes may depend on it
            } else if (cache.file(known, path).isPresent()) {
                needed.add(path);
            }
        }
        for (String path : needed) {
            Optional<Path> file = cache.file(known, path);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            files.put(path, file.get());
        }
        return Optional.of(snapshot(cache, known, main.get(), files, Map.of()));
    }

    /** Returns a snapshot of files, given the hashes of those that have just been verified. */
    private static HubSnapshot snapshot(
            HubCache cache, String commit, String main, Map<String, Path> files, Map<String, String> verified)
            throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            // without links the commit stands for the content
            hashes.put(file.getKey(), HubCache.hash(file.getValue()).orElse(commit));
        }
        Set<String> known = new TreeSet<>(verified.keySet());
        known.removeIf(path -> !Objects.equals(verified.get(path), hashes.get(path)));
        return new HubSnapshot(cache.snapshot(commit), commit, main, hashes, known);
    }

    /** One fetch that asks the hub. */
    private final class Fetch {
        private final HubCache cache;
        private final HubReference reference;
        private final Repository repository;
        private final Download download;
        private final Map<String, String> verified = new TreeMap<>(); // hashes by path

        Fetch(HubHttp http, HubCache cache, HubReference reference, DownloadListener listener) {
            this.cache = cache;
            this.reference = reference;
            this.repository = new Repository(http, reference);
            this.download = new Download(http, repository, reference, listener, pause, stall);
        }

        HubSnapshot run() throws IOException {
            Listing listing = repository.list();
            String commit = listing.commit();
            String main = CheckpointFiles.main(reference, listing.files()::contains);
            if (!listing.files().contains(main)) {
                throw new ConvertException(
                        reference + ": no such file in " + settings.endpoint() + "/" + reference.repository());
            }
            Map<String, Path> files = new TreeMap<>();
            for (String path : CheckpointFiles.configurations(main)) {
                if (listing.files().contains(path)) {
                    files.put(path, file(commit, path));
                } else {
                    cache.putMissing(commit, path);
                }
            }
            files.put(main, file(commit, main));
            if (CheckpointFiles.isIndex(main)) {
                for (String shard : CheckpointFiles.shards(main, files.get(main))) {
                    files.put(shard, file(commit, shard));
                }
            }
            if (!reference.isCommit()) {
                cache.putCommit(reference.revision(), commit);
            }
            return snapshot(cache, commit, main, files, verified);
        }

        private Path file(String commit, String path) throws IOException {
            Optional<Path> here = cache.file(commit, path);
            if (here.isPresent()) {
                return here.get();
            }
            RemoteFile file = repository.describe(commit, path);
            Path blob = cache.blob(file.hash());
            try (CacheLock _ = CacheLock.of(cache.lock(file.hash()))) {
                if (!Files.exists(blob) && cache.file(commit, path).isEmpty()) { // another process may have been here
                    download.run(file, blob);
                    verified.put(path, file.hash());
                }
                return cache.link(commit, path, blob);
            }
        }
    }
}
