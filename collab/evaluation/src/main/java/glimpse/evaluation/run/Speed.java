package glimpse.evaluation.run;

/**
 * How fast images were evaluated.
 *
 * @param images number of images that were evaluated, without those whose rows were there already
 * @param modelNanos time in the model, from preprocessed images to predictions, without waiting for decoding
 * @param wallNanos time of the pass over the images: decoding, every model of the run, and writing rows
 */
public record Speed(int images, long modelNanos, long wallNanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Returns images per second of the model alone; NaN if no image was evaluated. */
    public double modelImagesPerSecond() {
        return perSecond(modelNanos);
    }

    /** Returns images per second of the whole pass; NaN if no image was evaluated. */
    public double wallImagesPerSecond() {
        return perSecond(wallNanos);
    }

    private double perSecond(long nanos) {
        return images == 0 ? Double.NaN : images * NANOS_PER_SECOND / Math.max(nanos, 1);
    }
}
