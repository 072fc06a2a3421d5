package glimpse.cli.input;

import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command does with images.
 *
 * @param <T> an image as the model takes it
 * @param <R> its result
 */
public interface ImageModel<T, R> {
    /** Loads a model. */
    interface Loading<T, R> {
        /**
         * Loads it.
         *
         * @throws IOException if it can't be loaded
         */
        ImageModel<T, R> load() throws IOException;
    }

    /**
     * Prepares an image. Called by another thread than the rest.
     *
     * @throws IOException if it doesn't suit the model
     * @throws IllegalArgumentException if it doesn't suit the model
     */
    T prepare(RgbImage image) throws IOException;

    /**
     * Returns the result of each image.
     *
     * @throws glimpse.engine.NonFiniteOutputException if one image's isn't a finite number
     */
    List<R> run(List<T> images);

    /** Prints the result of an image. */
    void print(String name, R result);

    /** Returns the JSON of an image that failed. */
    static Map<String, Object> failure(String name, String reason) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("image", name);
        values.put("error", reason);
        return values;
    }

    /** Prints what stands for the result of an image that failed; it has been reported on standard error. */
    void printFailure(String name, String reason);
}
