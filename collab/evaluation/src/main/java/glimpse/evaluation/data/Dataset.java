package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Labelled images in an order that is the same every time. What is known of an image without decoding it is at hand;
 * the pixels are read when asked for. Implementations are immutable and thread-safe.
 */
public interface Dataset {
    /** Number of images, at least 1. */
    int size();

    /** The image's name, which no other has: its path under the data set's folder with '/' between, or its number. */
    String name(int index);

    /** The index of the image's true class, 0 or more and less than the model's classes. */
    int label(int index);

    /** The length of the image's own file; empty where it has none. */
    OptionalLong fileBytes(int index);

    /**
     * Reads one image.
     *
     * @throws IOException naming the file and what is wrong with it; the other images are not affected
     */
    RgbImage read(int index) throws IOException;
}
