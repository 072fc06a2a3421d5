package glimpse.evaluation.calibration;

import glimpse.collab.select.NamedRandom;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.Dataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Some images of a data set, in its order. Immutable if the data set is.
 *
 * @param all the data set
 * @param indices of the images in it, ascending; at least one
 */
public record ImageSubset(Dataset all, List<Integer> indices) implements Dataset {
    /** Copies the indices. */
    public ImageSubset {
        indices = List.copyOf(indices);
        if (indices.isEmpty()) {
            throw new IllegalArgumentException("there are no images, expected at least 1");
        }
    }

    /**
     * Divides the images of a data set at random, by their names alone.
     *
     * @param count number of images of the first part, 1..{@code all.size() - 1}
     * @return both parts
     */
    public static List<ImageSubset> divide(Dataset all, int count, long seed) {
        record Drawn(int index, double fraction) {}
        List<Drawn> drawn = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            drawn.add(new Drawn(i, new NamedRandom(seed, all.name(i)).fraction()));
        }
        List<Integer> order = drawn.stream()
                .sorted(Comparator.comparingDouble(Drawn::fraction))
                .map(Drawn::index)
                .toList();
        return List.of(
                new ImageSubset(all, order.subList(0, count).stream().sorted().toList()),
                new ImageSubset(
                        all,
                        order.subList(count, order.size()).stream().sorted().toList()));
    }

    @Override
    public int size() {
        return indices.size();
    }

    @Override
    public String name(int index) {
        return all.name(indices.get(index));
    }

    @Override
    public int label(int index) {
        return all.label(indices.get(index));
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return all.fileBytes(indices.get(index));
    }

    @Override
    public Optional<String> pixelsSha256() {
        return all.pixelsSha256();
    }

    @Override
    public RgbImage read(int index) throws IOException {
        return all.read(indices.get(index));
    }

    @Override
    public Loaded load(int index) throws IOException {
        return all.load(indices.get(index));
    }
}
