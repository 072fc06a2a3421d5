package glimpse.evaluation.run;

import java.util.OptionalLong;

/**
 * How fast images were evaluated.
 *
 * @param images number of images that were evaluated, without those whose rows were there already
 * @param modelNanos time in the model, from preprocessed images to predictions, without waiting for decoding; empty if
 *     the rows were computed elsewhere
 * @param wallNanos time of the pass over the images: decoding, every model of the run, and writing rows
 */
public record Speed(int images, OptionalLong modelNanos, long wallNanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Returns images per second of the model alone; NaN if no image was evaluated or the time isn't known. */
    public double modelImagesPerSecond() {
        return modelNanos.isPresent() ? perSecond(modelNanos.getAsLong()) : Double.NaN;
    }

    /** Returns images per second of the whole pass; NaN if no image was evaluated. */
    public double wallImagesPerSecond() {
        return perSecond(wallNanos);
    }

    private double perSecond(long nanos) {
        return images == 0 ? Double.NaN : images * NANOS_PER_SECOND / Math.max(nanos, 1);
    }
}
