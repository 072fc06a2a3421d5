package glimpse.evaluation.metrics;

/**
 * What crossed, in bytes of messages. A mean over no image is NaN.
 *
 * @param upPerImage mean over all images, of which some sent nothing
 * @param downPerImage the same, from server to edge
 * @param upPerOffloaded mean over the images that were offloaded
 * @param downPerOffloaded the same, from server to edge
 * @param shareOfRawPerImage {@code upPerImage} as a share of an image sent whole, uncompressed
 * @param shareOfRawPerOffloaded {@code upPerOffloaded} as a share of the same
 * @param shareOfFilePerImage bytes up as a share of the bytes of the image files, all images; NaN where images have no
 *     files
 * @param shareOfFilePerOffloaded the same over the images that were offloaded
 */
public record Communication(
        double upPerImage,
        double downPerImage,
        double upPerOffloaded,
        double downPerOffloaded,
        double shareOfRawPerImage,
        double shareOfRawPerOffloaded,
        double shareOfFilePerImage,
        double shareOfFilePerOffloaded) {}
