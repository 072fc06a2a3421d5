package glimpse.evaluation.data;

import glimpse.collab.select.NamedRandom;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.listing.ImageListing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;

/** Some images of a data set, at least one. Immutable if the data set is. */
public final class ImageSubset implements Dataset {
    private final Dataset all;
    private final int size;
    private final IntUnaryOperator indices; // of an image in the data set
    private final List<String> remarks;

    private ImageSubset(Dataset all, int size, IntUnaryOperator indices, List<String> remarks) {
        this.all = all;
        this.size = size;
        this.indices = indices;
        this.remarks = List.copyOf(remarks);
    }

    /**
     * Returns consecutive images.
     *
     * @param first the index of the first image
     * @param size the number of images
     * @throws IllegalArgumentException if the range is empty, or doesn't lie within the data set
     */
    public static ImageSubset range(Dataset all, int first, int size) {
        if (first < 0 || size < 1 || size > all.size() - first) {
            throw new IllegalArgumentException(
                    "the range is " + size + " images from index " + first + ", expected 1 or more of " + all.size());
        }
        return new ImageSubset(all, size, index -> first + index, all.remarks());
    }

    /**
     * Returns images at equal distances from the data set's beginning to its end, each from the middle of its share, so
     * that a data set that is sorted by class gives images of all its classes.
     *
     * @param size the number of images
     * @throws IllegalArgumentException if the data set has fewer, or the number is below 1
     */
    public static ImageSubset spread(Dataset all, int size) {
        if (size < 1 || size > all.size()) {
            throw new IllegalArgumentException("size is " + size + ", expected 1.." + all.size());
        }
        return new ImageSubset(all, size, index -> (int) ((2L * index + 1) * all.size() / (2L * size)), all.remarks());
    }

    /**
     * Divides the images of a data set at random, by their names alone. Both parts have its order. They have no
     * remarks, which are about the whole.
     *
     * @param count number of images of the first part, 1..{@code all.size() - 1}
     * @return both parts
     * @throws IllegalArgumentException if a part would be empty
     */
    public static List<ImageSubset> divide(Dataset all, int count, long seed) {
        if (count < 1 || count >= all.size()) {
            throw new IllegalArgumentException(
                    "the first part has " + count + " of " + all.size() + " images, expected two that aren't empty");
        }
        record Drawn(int index, double fraction) {}
        List<Drawn> drawn = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            drawn.add(new Drawn(i, new NamedRandom(seed, all.name(i)).fraction()));
        }
        drawn.sort(Comparator.comparingDouble(Drawn::fraction));
        int[] order = drawn.stream().mapToInt(Drawn::index).toArray();
        return List.of(part(all, order, 0, count), part(all, order, count, order.length));
    }

    private static ImageSubset part(Dataset all, int[] order, int from, int to) {
        int[] part = Arrays.copyOfRange(order, from, to);
        Arrays.sort(part);
        return new ImageSubset(all, part.length, index -> part[index], List.of());
    }

    private int index(int index) {
        return indices.applyAsInt(Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
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
    public Optional<ImageListing.ImageFile> file(int index) {
        return all.file(index(index));
    }

    @Override
    public Optional<String> pixelsSha256() {
        return all.pixelsSha256();
    }

    @Override
    public List<String> remarks() {
        return remarks;
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
