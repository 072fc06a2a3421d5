package glimpse.spark.rows;

import glimpse.evaluation.data.Dataset;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one task computes: the rows of consecutive images.
 *
 * @param range which images
 * @param images where they are; empty if a task has to open the data set
 */
record Slice(IndexRange range, List<StoredImage> images) implements Serializable {
    private static final int MOST_IMAGES = 128;
    private static final int FEWEST_IMAGES = 8; // of the last slices
    private static final int SHARES_PER_CORE = 2;
    private static final int MOST_SLICES = 20_000;

    /** Copies the list. */
    Slice {
        images = new ArrayList<>(images); // which Spark can serialise
    }

    /**
     * Cuts images into slices: enough for all cores, few enough for the driver. They get smaller towards the end, so
     * that no core waits long for the one that is last.
     *
     * @param indices which images, ascending
     * @param cores of the cluster
     * @param mostImages of one slice; 0 if that follows from the others
     */
    static List<Slice> of(Dataset images, int[] indices, int cores, int mostImages) {
        Sizes sizes = mostImages > 0 ? new Sizes(mostImages, mostImages, 1) : Sizes.of(indices.length, cores);
        List<Slice> slices = new ArrayList<>();
        int from = 0;
        while (from < indices.length) {
            int size = sizes.next(indices.length - from);
            int to = from + 1;
            while (to < indices.length && to - from < size && indices[to] == indices[to - 1] + 1) {
                to++;
            }
            slices.add(of(images, new IndexRange(indices[from], to - from)));
            from = to;
        }
        return slices;
    }

    /**
     * The sizes of slices.
     *
     * @param shares a slice has at most this part of the images that are left, unless it is one of the smallest
     */
    private record Sizes(int fewest, int most, int shares) {
        static Sizes of(int images, int cores) {
            int shares = SHARES_PER_CORE * Math.max(cores, 1);
            int fewest =
                    Math.max(Math.min(FEWEST_IMAGES, Math.ceilDiv(images, shares)), Math.ceilDiv(images, MOST_SLICES));
            return new Sizes(fewest, Math.max(MOST_IMAGES, fewest), shares);
        }

        int next(int left) {
            return Math.clamp(Math.ceilDiv(left, shares), fewest, most);
        }
    }

    private static Slice of(Dataset images, IndexRange range) {
        List<StoredImage> stored = new ArrayList<>();
        for (int index = range.first(); index < range.end(); index++) {
            Optional<StoredImage> image = StoredImage.of(images, index);
            if (image.isEmpty()) {
                return new Slice(range, List.of());
            }
            stored.add(image.get());
        }
        return new Slice(range, stored);
    }
}
