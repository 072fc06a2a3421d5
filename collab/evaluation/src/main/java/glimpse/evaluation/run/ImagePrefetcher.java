package glimpse.evaluation.run;

import glimpse.collab.node.Classifier;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.data.Dataset;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Decodes and preprocesses images on a thread of its own, a few batches ahead of the consumer. */
final class ImagePrefetcher implements AutoCloseable {
    private static final int BATCHES_AHEAD = 3;

    private final Dataset images;
    private final Classifier model;
    private final int batchSize;
    private final ExecutorService decoder = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("glimpse-decoder").daemon().factory());
    private final int[] indices;
    private final Queue<Future<List<Decoded>>> ahead = new ArrayDeque<>();
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
     * @param indices the images to decode, in this order
     */
    ImagePrefetcher(Dataset images, Classifier model, int batchSize, int[] indices) {
        this.images = images;
        this.model = model;
        this.batchSize = batchSize;
        this.indices = indices.clone();
    }

    /** Returns the next batch; empty when there are no more. */
    List<Decoded> next() throws InterruptedException {
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

    private List<Decoded> decode(int first, int end) {
        List<Decoded> batch = new ArrayList<>();
        for (int i = first; i < end; i++) {
            batch.add(decode(images, model, indices[i]));
        }
        return batch;
    }

    /** Decodes and preprocesses one image. */
    static Decoded decode(Dataset images, Classifier model, int index) {
        try {
            PixelPatches patches = model.patches(images.read(index));
            return new Decoded.Patches(index, patches, images.fileBytes(index));
        } catch (IOException | IllegalArgumentException e) {
            return new Decoded.Failure(index, withoutPath("" + e.getMessage(), images.name(index)));
        } catch (OutOfMemoryError e) { // one image must not end the run
            return new Decoded.Failure(index, "not enough memory to decode it");
        } catch (RuntimeException | Error e) { // nor must a fault of a decoder
            return new Decoded.Failure(index, "can't be decoded: " + e);
        }
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
