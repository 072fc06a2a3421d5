package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some images of a data set, at equal distances from its beginning to its end, so that one that is sorted by class
 * gives images of all its classes.
 *
 * @param all the data set
 * @param size the number of images
 */
public record SpreadImages(Dataset all, int size) implements Dataset {
    /** Checks that the data set has as many images. */
    public SpreadImages {
        if (size < 1 || size > all.size()) {
            throw new IllegalArgumentException("size is " + size + ", expected 1.." + all.size());
        }
    }

    /** Returns the index of an image in the whole data set: the middle of its share. */
    private int index(int index) {
        return (int) ((2L * Objects.checkIndex(index, size) + 1) * all.size() / (2L * size));
    }

    @Override
    public String name(int index) {
        return all.name(index(index));
    }

    @Override
    public int label(int index) {
        return all.label(index(index));
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return all.fileBytes(index(index));
    }

    @Override
    public Optional<String> pixelsSha256() {
        return all.pixelsSha256();
    }

    @Override
    public List<String> remarks() {
        return all.remarks();
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return all.read(index(index));
    }

    @Override
    public Loaded load(int index) throws IOException {
        return all.load(index(index));
    }
}
