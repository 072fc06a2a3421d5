package glimpse.convert.hub;

import java.net.URI;

/**
 * A file as the hub describes it.
 *
 * @param path in the repository
 * @param commit that it belongs to
 * @param hash of its content, see {@link ContentHash}
 * @param bytes its size
 * @param location where its bytes are
 */
record RemoteFile(String path, String commit, String hash, long bytes, URI location) {}
