package glimpse.convert.hub;

/** What is told while files are fetched. Called by the thread that fetches. */
public interface DownloadListener {
    /**
     * Part of a file has arrived.
     *
     * @param file its path in the repository
     * @param bytes how much of it is here
     * @param totalBytes its size
     */
    void progress(String file, long bytes, long totalBytes);

    /**
     * Something that the user should know, in one line: the hub can't be reached and the cache is used, for example.
     */
    void remark(String line);
}
