package glimpse.evaluation.metrics;

/**
 * Bytes sent and received. A mean over no images is NaN.
 *
 * @param upPerImage mean bytes from edge to server over all images; a confident image counts as 0
 * @param downPerImage the same from server to edge
 * @param upPerOffloaded mean bytes from edge to server over the offloaded images
 * @param downPerOffloaded the same from server to edge
 * @param shareOfRawPerImage {@code upPerImage} as a share of a whole uncompressed image
 * @param shareOfRawPerOffloaded {@code upPerOffloaded} as a share of a whole uncompressed image
 * @param shareOfFilePerImage bytes up as a share of the bytes of all image files; NaN if the images have no files
 * @param shareOfFilePerOffloaded the same over the offloaded images
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
