package glimpse.evaluation.run;

import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Preprocessing;
import glimpse.evaluation.data.Dataset;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decodes each image once and preprocesses it for each model, on a thread of its own, a few batches ahead of the
 * consumer.
 */
final class ImagePrefetcher implements AutoCloseable {
    private static final int BATCHES_AHEAD = 3;

    private final Dataset images;
    private final List<Preprocessing> preprocessings;
    private final int batchSize;
    private final ExecutorService decoder = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("glimpse-decoder").daemon().factory());
    private final int[] indices;
    private final Queue<Future<List<List<Decoded>>>> ahead = new ArrayDeque<>();
    private int next; // index into indices

    /** A preprocessed image, or the reason why it can't be had. */
    sealed interface Decoded {
        int index();

        record Patches(int index, PixelPatches patches, OptionalLong fileBytes) implements Decoded {}

        record Failure(int index, String reason) implements Decoded {}
    }

    /**
     * Creates a prefetcher.
     *
     * @param preprocessings how the models see an image
     * @param indices the images to decode, in this order
     */
    ImagePrefetcher(Dataset images, List<Preprocessing> preprocessings, int batchSize, int[] indices) {
        this.images = images;
        this.preprocessings = List.copyOf(preprocessings);
        this.batchSize = batchSize;
        this.indices = indices.clone();
    }

    /** Returns the next batch once for each preprocessing; an empty list when there are no more. */
    List<List<Decoded>> next() throws InterruptedException {
        while (ahead.size() < BATCHES_AHEAD && next < indices.length) {
            int first = next;
            int end = first + Math.min(batchSize, indices.length - first);
            ahead.add(decoder.submit(() -> decode(first, end)));
            next = end;
        }
        if (ahead.isEmpty()) {
            return List.of();
        }
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("decoding failed: " + e.getCause(), e.getCause());
        }
    }

    private List<List<Decoded>> decode(int first, int end) {
        List<List<Decoded>> batches = new ArrayList<>(); // [preprocessings][images]
        preprocessings.forEach(preprocessing -> batches.add(new ArrayList<>()));
        for (int i = first; i < end; i++) {
            List<Decoded> image = decode(images, preprocessings, indices[i]);
            for (int p = 0; p < batches.size(); p++) {
                batches.get(p).add(image.get(p));
            }
        }
        return batches;
    }

    /** Returns the image as each preprocessing makes it. */
    static List<Decoded> decode(Dataset images, List<Preprocessing> preprocessings, int index) {
        Dataset.Loaded image;
        try {
            image = images.load(index);
        } catch (IOException | RuntimeException | Error e) { // one image must not end the run
            return Collections.nCopies(preprocessings.size(), failure(images, index, e));
        }
        List<Decoded> seen = new ArrayList<>();
        for (Preprocessing preprocessing : preprocessings) {
            try {
                seen.add(new Decoded.Patches(index, preprocessing.pixelPatches(image.image()), image.fileBytes()));
            } catch (RuntimeException | Error e) {
                seen.add(failure(images, index, e));
            }
        }
        return seen;
    }

    private static Decoded failure(Dataset images, int index, Throwable e) {
        String reason = switch (e) {
            case IOException broken -> withoutPath("" + broken.getMessage(), images.name(index));
            case IllegalArgumentException unfit -> withoutPath("" + unfit.getMessage(), images.name(index));
            case OutOfMemoryError memory -> "not enough memory to decode it";
            default -> "can't be decoded: " + e; // a fault of a decoder
        };
        return new Decoded.Failure(index, reason);
    }

    /** Drops the path from a message, so that rows don't depend on where the images are. */
    private static String withoutPath(String message, String name) {
        int at = message.indexOf(name + ": ");
        return at < 0 ? message : message.substring(at + name.length() + 2);
    }

    @Override
    public void close() {
        decoder.shutdownNow();
    }
}
