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
    private static final int FEWEST_IMAGES = 128;
    private static final int SLICES_PER_CORE = 3;
    private static final int MOST_SLICES = 20_000;

    /** Copies the list. */
    Slice {
        images = new ArrayList<>(images); // which Spark can serialise
    }

    /**
     * Cuts images into slices: enough for all cores, few enough for the driver.
     *
     * @param indices which images, ascending
     * @param cores of the cluster
     * @param mostImages of one slice; 0 if that follows from the others
     */
    static List<Slice> of(Dataset images, int[] indices, int cores, int mostImages) {
        int even = Math.ceilDiv(indices.length, SLICES_PER_CORE * Math.max(cores, 1));
        int few = Math.max(FEWEST_IMAGES, Math.ceilDiv(indices.length, MOST_SLICES));
        int size = mostImages > 0 ? mostImages : Math.clamp(even, 1, few);
        List<Slice> slices = new ArrayList<>();
        int from = 0;
        while (from < indices.length) {
            int to = from + 1;
            while (to < indices.length && to - from < size && indices[to] == indices[to - 1] + 1) {
                to++;
            }
            slices.add(of(images, new IndexRange(indices[from], to - from)));
            from = to;
        }
        return slices;
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
