package glimpse.collab.node;

import glimpse.collab.codec.PatchRequest;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A model together with the preprocessing that it was trained with, as a converted file holds them. Immutable, safe for
 * use by several threads.
 *
 * @param transformer the model
 * @param preprocessing turns an image into the model's input
 */
public record Classifier(VisionTransformer transformer, Preprocessing preprocessing) {
    /** Checks that nothing is null. */
    public Classifier {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(preprocessing, "preprocessing");
    }

    /**
     * Loads a converted file.
     *
     * @param file as {@code glimpse convert} writes it
     * @param workers run the forward passes; the caller closes them
     * @throws IOException if the file can't be read or isn't a model; the message names the file and the error
     */
    public static Classifier load(Path file, Workers workers) throws IOException {
        return of(file.toString(), VisionTransformer.load(file, workers));
    }

    /**
     * Loads a converted file from a channel, from its position to the end. The channel isn't closed.
     *
     * @param name what error messages call the file
     * @param channel as {@link VisionTransformer#load(String, ReadableByteChannel, Workers)} takes it
     * @param workers run the forward passes; the caller closes them
     * @throws IOException if the channel can't be read or its content isn't a model; the message names the error
     */
    public static Classifier load(String name, ReadableByteChannel channel, Workers workers) throws IOException {
        return of(name, VisionTransformer.load(name, channel, workers));
    }

    /**
     * Loads a converted file that is already in memory.
     *
     * @param name what error messages call the file
     * @param bytes the file's content, which isn't needed afterwards
     * @param workers run the forward passes; the caller closes them
     * @throws IOException if the content isn't a model; the message names the error
     */
    public static Classifier load(String name, MemorySegment bytes, Workers workers) throws IOException {
        return of(name, VisionTransformer.load(name, bytes, workers));
    }

    private static Classifier of(String name, VisionTransformer transformer) throws IOException {
        if (transformer.config().grid() > PatchRequest.MAX_GRID) {
            throw new IOException(name + ": the image has "
                    + transformer.config().grid() + " patches along a side, expected at most " + PatchRequest.MAX_GRID);
        }
        try {
            return new Classifier(transformer, Preprocessing.readFrom(transformer.metadata(), transformer.config()));
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns the same model, with the same weights in memory, on other workers.
     *
     * @param workers run the forward passes; the caller closes them
     */
    public Classifier on(Workers workers) {
        return new Classifier(transformer.on(workers), preprocessing);
    }

    /**
     * Cuts what the model sees of an image into patches of 8-bit pixels.
     *
     * @throws IllegalArgumentException if the model takes images as they are and this one has another size
     */
    public PixelPatches patches(RgbImage image) {
        return preprocessing.pixelPatches(image);
    }

    /** Returns the bytes of the model's input as 8-bit pixels: the size of a whole, uncompressed image. */
    public long rawBytes() {
        return (long) transformer.config().patches() * transformer.config().patchLength();
    }
}
