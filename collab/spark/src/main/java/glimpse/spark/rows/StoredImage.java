package glimpse.spark.rows;

import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.listing.ImageListing.ImageFile;
import glimpse.spark.file.HadoopFiles;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;

/**
 * An image, and where another process finds it.
 *
 * @param path an absolute path or a URI, of the image or of the archive that it is in
 * @param offset where it begins in the archive; -1 if it is a file of its own
 */
record StoredImage(String name, int label, String path, long offset, long bytes) implements Serializable {
    /** Returns an image of a data set; empty if it isn't a file's content. */
    static Optional<StoredImage> of(Dataset images, int index) {
        return images.file(index)
                .map(file -> new StoredImage(
                        file.name(),
                        images.label(index),
                        HadoopFiles.name(file.path()),
                        file.archived().orElse(-1),
                        file.bytes()));
    }

    /** Returns the image's file. */
    ImageFile file(Configuration configuration) {
        Path found = HadoopFiles.path(path, configuration);
        return new ImageFile(name, found, offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset), bytes);
    }
}
