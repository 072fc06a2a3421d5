package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A data set that a test has altered.
 *
 * @param all the data set
 * @param labels gives each image its label
 * @param reader reads the images
 */
public record AlteredImages(Dataset all, IntUnaryOperator labels, Reader reader) implements Dataset {
    /** Reads an image by its index. */
    public interface Reader {
        RgbImage read(int index) throws IOException;
    }

    /** Returns a data set with other labels. */
    public static AlteredImages labelled(Dataset all, IntUnaryOperator labels) {
        return new AlteredImages(all, labels, all::read);
    }

    /** Returns a data set whose images are read in another way. */
    public static AlteredImages reading(Dataset all, Reader reader) {
        return new AlteredImages(all, all::label, reader);
    }

    /** Returns a data set of which some images can't be read. */
    public static AlteredImages failing(Dataset all, int... failing) {
        return reading(all, index -> {
            if (IntStream.of(failing).anyMatch(one -> one == index)) {
                throw new IOException("input/output error");
            }
            return all.read(index);
        });
    }

    /** Returns a data set that counts how often an image is read. */
    public static AlteredImages counting(Dataset all, AtomicInteger reads) {
        return reading(all, index -> {
            reads.incrementAndGet();
            return all.read(index);
        });
    }

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public String name(int index) {
        return all.name(index);
    }

    @Override
    public int label(int index) {
        return labels.applyAsInt(index);
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return all.fileBytes(index);
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return reader.read(index);
    }
}
