package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.listing.ImageListing;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Consecutive images of a data set.
 *
 * @param all the data set
 * @param first the index of the first image
 * @param size the number of images
 */
public record ImageRange(Dataset all, int first, int size) implements Dataset {
    /** Checks that the range lies within the data set and isn't empty. */
    public ImageRange {
        if (first < 0 || size < 1 || size > all.size() - first) {
            throw new IllegalArgumentException(
                    "the range is " + size + " images from index " + first + ", expected 1 or more of " + all.size());
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
    public Optional<ImageListing.ImageFile> file(int index) {
        return all.file(first + Objects.checkIndex(index, size));
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
        return all.read(first + Objects.checkIndex(index, size));
    }

    @Override
    public Loaded load(int index) throws IOException {
        return all.load(first + Objects.checkIndex(index, size));
    }
}
