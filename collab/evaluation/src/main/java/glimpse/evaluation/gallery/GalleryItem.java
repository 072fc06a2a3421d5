package glimpse.evaluation.gallery;

/**
 * An image as a report shows it. Pictures are data URIs.
 *
 * @param kind what became of it, in words
 * @param image its name
 * @param label its class
 * @param edge the edge's answer
 * @param minEntropyBits of the edge's answer
 * @param server the server's answer on the kept patches, whether it was asked or not
 * @param sent whether the image was offloaded
 * @param kept patches that the selection keeps
 * @param patches of the whole image
 * @param upBytes sent
 * @param whole the image
 * @param attention the edge's attention over it
 * @param keptPatches the kept patches, the others dark
 */
public record GalleryItem(
        String kind,
        String image,
        String label,
        String edge,
        double minEntropyBits,
        String server,
        boolean sent,
        int kept,
        int patches,
        int upBytes,
        String whole,
        String attention,
        String keptPatches) {}
