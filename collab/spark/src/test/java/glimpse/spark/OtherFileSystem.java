package glimpse.spark;

import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A Hadoop file system that isn't the machine's own by name: {@code other:///folder} is the folder's content. */
public final class OtherFileSystem extends RawLocalFileSystem {
    private static final URI NAME = URI.create("other:///");

    @Override
    public URI getUri() {
        return NAME;
    }

    @Override
    public String getScheme() {
        return NAME.getScheme();
    }

    /** Returns the URI of a file. */
    public static String uri(Path file) {
        return "other://" + file.toAbsolutePath();
    }
}
