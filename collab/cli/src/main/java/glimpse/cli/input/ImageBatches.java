package glimpse.cli.input;

import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs a model on batches of images, while a thread reads the next ones; the first is read while the model is loaded.
 * Results keep the images' order.
 */
final class ImageBatches<T, R> {
    /** Enough for several threads to share, few enough to wait for. */
    private static final int BATCH = 8;

    private static final int BATCHES_AHEAD = 2;

    private final ImageModel.Loading<T, R> loading;
    private final CompletableFuture<ImageModel<T, R>> loaded = new CompletableFuture<>();
    private final Consumer<String> errors;
    private int failed;

    ImageBatches(ImageModel.Loading<T, R> loading, Consumer<String> errors) {
        this.loading = loading;
        this.errors = errors;
    }

    /** An image that has been read, or why it hasn't. */
    private sealed interface Outcome<T> {
        record Prepared<T>(String name, T image) implements Outcome<T> {}

        record Failed<T>(String name, String reason) implements Outcome<T> {}
    }

    /** Handles images and returns how many failed. */
    int run(List<ImageInput> images) throws IOException {
        ExecutorService reader = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("glimpse-images").factory());
        try {
            Deque<Future<List<Outcome<T>>>> ahead = new ArrayDeque<>();
            Iterator<List<ImageInput>> batches = batches(images).iterator();
            readAhead(batches, ahead, reader);
            ImageModel<T, R> model = loading.load();
            loaded.complete(model);
            while (!ahead.isEmpty()) {
                handle(ahead.remove().get(), model);
                readAhead(batches, ahead, reader);
            }
            return failed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error error -> throw error;
                case RuntimeException error -> throw error;
                case null, default -> throw new IOException(e);
            }
        } finally {
            loaded.cancel(false); // unless it is there
            reader.shutdownNow();
        }
    }

    private void readAhead(
            Iterator<List<ImageInput>> batches, Deque<Future<List<Outcome<T>>>> ahead, ExecutorService reader) {
        while (batches.hasNext() && ahead.size() < BATCHES_AHEAD) {
            List<ImageInput> batch = batches.next();
            ahead.add(reader.submit(() -> batch.stream().map(this::read).toList()));
        }
    }

    /** Divides images into batches: those that have to be waited for are alone, so that others don't wait with them. */
    private static List<List<ImageInput>> batches(List<ImageInput> images) {
        List<List<ImageInput>> batches = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < images.size(); i++) {
            boolean alone = !(images.get(i) instanceof ImageInput.Local);
            if ((alone || i - from == BATCH) && i > from) {
                batches.add(images.subList(from, i));
                from = i;
            }
            if (alone) {
                batches.add(images.subList(i, i + 1));
                from = i + 1;
            }
        }
        if (from < images.size()) {
            batches.add(images.subList(from, images.size()));
        }
        return batches;
    }

    private Outcome<T> read(ImageInput input) {
        try {
            RgbImage image = input.read();
            return new Outcome.Prepared<>(input.name(), loaded.join().prepare(image));
        } catch (IOException e) {
            return new Outcome.Failed<>(input.name(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new Outcome.Failed<>(input.name(), input.name() + ": " + e.getMessage());
        }
    }

    private void handle(List<Outcome<T>> batch, ImageModel<T, R> model) {
        List<T> prepared = new ArrayList<>();
        for (Outcome<T> outcome : batch) {
            if (outcome instanceof Outcome.Prepared<T>(String _, T image)) {
                prepared.add(image);
            }
        }
        Iterator<R> results = resultsOrNone(prepared, model).iterator();
        for (Outcome<T> outcome : batch) {
            switch (outcome) {
                case Outcome.Failed<T>(String name, String reason) -> fail(name, reason, model);
                case Outcome.Prepared<T>(String name, T image) -> {
                    if (results.hasNext()) {
                        model.print(name, results.next());
                    } else {
                        handleAlone(name, image, model);
                    }
                }
            }
        }
    }

    /** Returns the results of a batch, or none if one image's isn't a number: then each is run alone. */
    private List<R> resultsOrNone(List<T> images, ImageModel<T, R> model) {
        if (images.size() < 2) {
            return List.of();
        }
        try {
            return model.run(images);
        } catch (NonFiniteOutputException e) {
            return List.of();
        }
    }

    private void handleAlone(String name, T image, ImageModel<T, R> model) {
        R result;
        try {
            result = model.run(List.of(image)).getFirst();
        } catch (NonFiniteOutputException | IllegalArgumentException e) {
            fail(name, name + ": " + e.getMessage(), model);
            return;
        }
        model.print(name, result);
    }

    private void fail(String name, String reason, ImageModel<T, R> model) {
        failed++;
        errors.accept(reason);
        model.printFailure(name, reason);
    }
}
