package glimpse.evaluation.tar;

/**
 * A regular file in an archive.
 *
 * @param name its path, separated by '/', without a leading "./" or '/'
 * @param offset where its content begins in the archive
 * @param bytes its length
 */
public record TarEntry(String name, long offset, long bytes) {}
