package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Some images of a data set that follow one another.
 *
 * @param all the data set
 * @param first the index of the first of them
 * @param size how many; not more than there are
 */
public record ImageRange(Dataset all, int first, int size) implements Dataset {
    /** Checks that the range lies within the data set and isn't empty. */
    public ImageRange {
        if (first < 0 || size < 1 || size > all.size() - first) {
            throw new IllegalArgumentException(
                    "the range is " + size + " from " + first + ", expected 1 or more of " + all.size() + " images");
        }
    }

    @Override
    public String name(int index) {
        return all.name(first + Objects.checkIndex(index, size));
    }

    @Override
    public int label(int index) {
        return all.label(first + Objects.checkIndex(index, size));
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return all.fileBytes(first + Objects.checkIndex(index, size));
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return all.read(first + Objects.checkIndex(index, size));
    }
}
