package glimpse.collab.node;

import glimpse.collab.codec.PatchRequest;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A model as it comes from a converted file, with the preprocessing that it was trained with. Immutable, safe for use by
 * several threads.
 *
 * @param transformer the model
 * @param preprocessing from an image to its input
 */
public record Classifier(VisionTransformer transformer, Preprocessing preprocessing) {
    /**
     * Loads a converted file.
     *
     * @throws IOException naming the file and what is wrong with it
     */
    public static Classifier load(Path file, Workers workers) throws IOException {
        VisionTransformer transformer = VisionTransformer.load(file, workers);
        if (transformer.config().grid() > PatchRequest.MAX_GRID) {
            throw new IOException(file + ": the image has "
                    + transformer.config().grid() + " patches along a side, expected at most " + PatchRequest.MAX_GRID);
        }
        try {
            return new Classifier(transformer, Preprocessing.readFrom(transformer.metadata(), transformer.config()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * All patches of what the model sees of an image, in 8 bits.
     *
     * @throws IllegalArgumentException if the model takes images as they are and this one has another size
     */
    public PixelPatches patches(RgbImage image) {
        return preprocessing.pixelPatches(image);
    }

    /** Bytes of the model's input as 8-bit pixels: what sending an image whole and uncompressed takes. */
    public long rawBytes() {
        return (long) transformer.config().patches() * transformer.config().patchLength();
    }
}
