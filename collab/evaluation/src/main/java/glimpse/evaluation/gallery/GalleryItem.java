package glimpse.evaluation.gallery;

/**
 * An image as a report shows it. Pictures are data URIs. Immutable.
 *
 * @param outcome what the method does to its prediction
 * @param image the image's name
 * @param label name of its true class
 * @param edgeClass name of the class that the edge predicts
 * @param minEntropyBits min-entropy of the edge's prediction
 * @param serverClass name of the class that the server predicts from the selected patches, offloaded or not
 * @param kept number of selected patches
 * @param patches number of patches of the whole image
 * @param upBytes bytes sent; 0 if the image isn't offloaded
 * @param wholePicture the image
 * @param attentionPicture the edge's attention over the image
 * @param keptPicture the selected patches, the others darkened
 */
public record GalleryItem(
        Outcome outcome,
        String image,
        String label,
        String edgeClass,
        double minEntropyBits,
        String serverClass,
        int kept,
        int patches,
        int upBytes,
        String wholePicture,
        String attentionPicture,
        String keptPicture) {}
