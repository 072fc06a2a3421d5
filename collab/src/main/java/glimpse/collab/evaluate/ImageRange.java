package glimpse.collab.evaluate;

import glimpse.collab.data.Dataset;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The first images of a data set.
 *
 * @param all the data set
 * @param size how many; not more than there are
 */
public record FirstImages(Dataset all, int size) implements Dataset {
    /** Checks the size. */
    public FirstImages {
        if (size < 1 || size > all.size()) {
            throw new IllegalArgumentException("size is " + size + ", expected 1.." + all.size());
        }
    }

    @Override
    public String name(int index) {
        return all.name(Objects.checkIndex(index, size));
    }

    @Override
    public int label(int index) {
        return all.label(Objects.checkIndex(index, size));
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return all.fileBytes(Objects.checkIndex(index, size));
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return all.read(Objects.checkIndex(index, size));
    }
}
