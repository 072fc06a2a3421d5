package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.listing.ImageListing;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Labelled images in a fixed order. Names, labels and lengths are known in advance; pixels are read on demand.
 * Implementations are immutable and thread-safe.
 */
public interface Dataset {
    /** Returns the number of images, at least 1. */
    int size();

    /** Returns the image's unique name: its path under the data set's folder, separated by '/', or its number. */
    String name(int index);

    /** Returns the index of the image's true class, at least 0 and less than the model's number of classes. */
    int label(int index);

    /** Returns the length of the image's own file in bytes; empty if it has none, or only {@link #load} tells it. */
    OptionalLong fileBytes(int index);

    /** Returns where an image is stored, so that another process can read it; empty if that isn't a file's content. */
    default Optional<ImageListing.ImageFile> file(int index) {
        return Optional.empty();
    }

    /**
     * Returns a hash that depends on all pixels if images have no files of their own, so that images of two data sets
     * with equal names may be told apart; empty if each image has a file, whose name and length identify it.
     */
    default Optional<String> pixelsSha256() {
        return Optional.empty();
    }

    /** Returns what was left out when the data set was opened, one line each. */
    default List<String> remarks() {
        return List.of();
    }

    /**
     * Returns the encodings by another encoder that {@link #encoded} has, by name, each with a hash of the names and
     * lengths of all files in its folder.
     */
    default SortedMap<String, String> encodings() {
        return Collections.emptySortedMap();
    }

    /**
     * Reads and decodes the file that another encoder made of an image.
     *
     * @param encoding one of {@link #encodings}
     * @throws IOException naming the file and what is wrong with it
     */
    default Loaded encoded(String encoding, int index) throws IOException {
        throw new IllegalArgumentException("there are no files encoded as " + encoding);
    }

    /**
     * Reads the file that another encoder made of an image and decodes its first bytes, as a receiver does that gets no
     * more of it.
     *
     * @param encoding one of {@link #encodings}
     * @param bytes how many bytes of the file there are, at most all
     * @return grey where pixels are missing; empty if nothing can be decoded
     * @throws IOException naming the file if it can't be read
     */
    default Optional<RgbImage> encodedBeginning(String encoding, int index, int bytes) throws IOException {
        throw new IllegalArgumentException("there are no files encoded as " + encoding);
    }

    /**
     * Reads and decodes an image.
     *
     * @throws IOException naming the file and what is wrong with it; other images are not affected
     */
    RgbImage read(int index) throws IOException;

    /**
     * An image and the length of its file.
     *
     * @param image its pixels
     * @param fileBytes the length of its own file in bytes; empty if it has none
     */
    record Loaded(RgbImage image, OptionalLong fileBytes) {}

    /**
     * Reads and decodes an image, and tells the length of its file also where {@link #fileBytes} can't.
     *
     * @throws IOException as {@link #read}
     */
    default Loaded load(int index) throws IOException {
        return new Loaded(read(index), fileBytes(index));
    }
}
