package glimpse.convert.hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * One repository in the cache, laid out as Python's huggingface_hub does, so that each finds what the other downloaded:
 *
 * <pre>{@code
 * models--OWNER--NAME/refs/REVISION          the commit of a branch or tag
 * models--OWNER--NAME/blobs/HASH             contents
 * models--OWNER--NAME/snapshots/COMMIT/FILE  links to them
 * models--OWNER--NAME/.no_exist/COMMIT/FILE  files that a commit is known not to have
 * }</pre>
 */
final class HubCache {
    private static final long LONGEST_REF_BYTES = 200;

    private final Path folder;

    HubCache(Path cache, HubReference reference) {
        this.folder = cache.resolve("models--" + reference.owner() + "--" + reference.name());
    }

    /** Returns the commit that a revision was when the hub was last asked. */
    Optional<String> commit(String revision) throws IOException {
        Path ref = folder.resolve("refs").resolve(revision);
        if (!Files.isRegularFile(ref) || Files.size(ref) > LONGEST_REF_BYTES) {
            return Optional.empty();
        }
        String commit = Files.readString(ref, StandardCharsets.ISO_8859_1).strip();
        return HubReference.isCommit(commit) ? Optional.of(commit) : Optional.empty();
    }

    void putCommit(String revision, String commit) throws IOException {
        if (commit(revision).filter(commit::equals).isPresent()) {
            return;
        }
        Path ref = folder.resolve("refs").resolve(revision);
        Files.createDirectories(ref.getParent());
        Path lock = lock("ref");
        // not among the refs, where Python's tools take every file for one; what a killed process left is overwritten
        Path written = lock.resolveSibling("ref.glimpse.tmp");
        try (CacheLock _ = CacheLock.of(lock)) {
            Files.writeString(written, commit);
            Files.move(written, ref, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    Path snapshot(String commit) {
        return folder.resolve("snapshots").resolve(commit);
    }

    /** Returns a file of a commit, which exists. */
    Optional<Path> file(String commit, String path) {
        Path file = snapshot(commit).resolve(path);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    boolean isKnownMissing(String commit, String path) {
        return Files.exists(folder.resolve(".no_exist").resolve(commit).resolve(path));
    }

    void putMissing(String commit, String path) throws IOException {
        Path mark = folder.resolve(".no_exist").resolve(commit).resolve(path);
        Files.createDirectories(mark.getParent());
        try {
            Files.createFile(mark);
        } catch (FileAlreadyExistsException e) {
            // as it should be
        }
    }

    /** Returns where a content is, or will be. */
    Path blob(String hash) throws IOException {
        Path blobs = folder.resolve("blobs");
        Files.createDirectories(blobs);
        return blobs.resolve(hash);
    }

    /** Returns the lock file of a content, by its hash, or of something else. */
    Path lock(String name) throws IOException {
        Path locks = folder.resolveSibling(".locks").resolve(folder.getFileName());
        Files.createDirectories(locks);
        return locks.resolve(name + ".glimpse.lock");
    }

    /** Returns the hash of a file's content if the cache knows it: the name of the blob that the file links to. */
    static Optional<String> hash(Path file) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            return Optional.empty();
        }
        String name = Files.readSymbolicLink(file).getFileName().toString();
        return ContentHash.isHash(name) ? Optional.of(name) : Optional.empty();
    }

    /**
     * Makes a content a commit's file, by a relative link; where there are no links, the content itself moves there.
     */
    Path link(String commit, String path, Path blob) throws IOException {
        Path file = snapshot(commit).resolve(path);
        Files.createDirectories(file.getParent());
        int depth =
                snapshot(commit).relativize(file).getNameCount() + 1; // of the file's folder, below the repository's
        Path target = Path.of("../".repeat(depth) + folder.relativize(blob));
        try {
            Files.deleteIfExists(file); // a link to a content that is gone, or of an interrupted download
            Files.createSymbolicLink(file, target);
        } catch (FileAlreadyExistsException e) {
            // another process has just linked it
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(blob, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }
}
