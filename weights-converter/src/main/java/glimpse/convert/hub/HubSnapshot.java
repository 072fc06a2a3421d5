package glimpse.convert.hub;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A checkpoint in the cache, with the files that its conversion reads.
 *
 * @param folder of the commit in the cache
 * @param commit that the files belong to
 * @param path the checkpoint's path in the folder; its configuration lies beside it
 * @param hashes the hash of each file's content, by path: two snapshots with the same hashes are the same checkpoint
 * @param verified the paths of the files that have just been downloaded and have their hashes
 */
public record HubSnapshot(Path folder, String commit, String path, Map<String, String> hashes, Set<String> verified) {
    private static final int SHA256_DIGITS = 64;

    /** Copies the hashes and paths. */
    public HubSnapshot {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(commit, "commit");
        Objects.requireNonNull(path, "path");
        hashes = Collections.unmodifiableMap(new TreeMap<>(hashes));
        verified = Set.copyOf(verified);
    }

    /** Returns the checkpoint's file. */
    public Path source() {
        return folder.resolve(path);
    }

    /**
     * Checks the content of every file against its hash, as far as the cache knows hashes: others may have written
     * them. What has just been verified isn't read again.
     *
     * @throws IOException if a file isn't what the hub told; the message names it
     */
    public void verify() throws IOException {
        for (Map.Entry<String, String> entry : hashes.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            boolean checkable =
                    !verified.contains(entry.getKey()) && HubCache.hash(file).isPresent();
            if (checkable && !ContentHash.matches(file, entry.getValue())) {
                throw new IOException(
                        file + ": damaged, its hash isn't " + entry.getValue() + "; delete " + file.toRealPath());
            }
        }
    }

    /** Returns the SHA-256 of the checkpoint's file if that is its hash; the file has to be verified. */
    public Optional<String> sha256() {
        return Optional.ofNullable(hashes.get(path)).filter(hash -> hash.length() == SHA256_DIGITS);
    }
}
