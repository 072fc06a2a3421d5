package glimpse.collab.node;

import glimpse.collab.codec.PatchRequest;
import glimpse.engine.Prediction;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A model together with the preprocessing that it was trained with, as a converted file holds them. Immutable, safe for
 * use by several threads.
 *
 * @param transformer the model
 * @param preprocessing turns an image into the model's input
 * @param validClasses the classes among which it predicts, in ascending order; empty for all of the model's
 * @param temperature divides the logits before they become probabilities; 1 leaves them as they are, more makes
 *     predictions less peaked (Guo et al., arXiv 1706.04599)
 */
public record Classifier(
        VisionTransformer transformer, Preprocessing preprocessing, List<Integer> validClasses, double temperature) {
    /** The lowest temperature. */
    public static final double MIN_TEMPERATURE = 0.01;

    /** The highest temperature. */
    public static final double MAX_TEMPERATURE = 100;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a valid class isn't one of the model's, or the temperature is out of range
     */
    public Classifier {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(preprocessing, "preprocessing");
        if (!(temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE)) {
            throw new IllegalArgumentException(
                    "temperature is " + temperature + ", expected " + MIN_TEMPERATURE + ".." + MAX_TEMPERATURE);
        }
        validClasses = List.copyOf(new TreeSet<>(validClasses)); // each once, in ascending order
        for (int index : validClasses) {
            if (index < 0 || index >= transformer.config().classes()) {
                throw new IllegalArgumentException("class " + index + " is valid, expected 0.."
                        + (transformer.config().classes() - 1));
            }
        }
    }

    /** Makes a classifier that predicts among all classes of the model. */
    public Classifier(VisionTransformer transformer, Preprocessing preprocessing) {
        this(transformer, preprocessing, List.of(), 1);
    }

    /**
     * Returns the same model predicting among some of its classes, as for images that have no others.
     *
     * @param classes their indices; empty for all classes
     * @throws IllegalArgumentException if one isn't a class of the model
     */
    public Classifier among(List<Integer> classes) {
        return new Classifier(transformer, preprocessing, classes, temperature);
    }

    /**
     * Returns the same model with another temperature.
     *
     * @param other {@value #MIN_TEMPERATURE}..{@value #MAX_TEMPERATURE}
     * @throws IllegalArgumentException if it is out of range
     */
    public Classifier at(double other) {
        return new Classifier(transformer, preprocessing, validClasses, other);
    }

    /**
     * Returns the prediction that the model's logits amount to at its temperature, among the valid classes.
     *
     * @param logits {@code [classes]}
     * @throws glimpse.engine.NonFiniteOutputException if a logit isn't a finite number
     */
    public Prediction predict(float[] logits) {
        Prediction all = Prediction.softmax(temperature == 1 ? logits : divided(logits));
        return validClasses.isEmpty() ? all : all.among(validClasses);
    }

    private float[] divided(float[] logits) {
        float[] divided = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            divided[i] = (float) (logits[i] / temperature);
        }
        return divided;
    }

    /** Returns the number of classes among which it predicts. */
    public int countOfValidClasses() {
        return validClasses.isEmpty() ? transformer.config().classes() : validClasses.size();
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
        return new Classifier(transformer.on(workers), preprocessing, validClasses, temperature);
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
