package glimpse.evaluation.report;

import java.util.List;

/**
 * What was tried on photographs and not kept. The figures are of one study: twenty classes of ImageNet, DeiT-Tiny's
 * first three blocks as the edge (top-1 .861), DeiT-Tiny as the server (.951), chosen on 1,000 training images and
 * measured on 1,000 validation images.
 */
final class FailedAttempts {
    private static final List<List<String>> ATTEMPTS = List.of(
            List.of(
                    "Foveation",
                    "20 patches over an enlarged thumbnail of 80 pixels, all tokens, to a server fine-tuned on parts of images",
                    "1,746 bytes, .864",
                    "60 patches alone: 1,751 bytes, .919"),
            List.of(
                    "Flattened background",
                    "a whole JPEG whose unimportant patches were made flat before it was encoded",
                    "no gain",
                    "a whole JPEG"),
            List.of(
                    "Fusing the answers",
                    "the edge's and the server's probabilities together, of photographs and of Fashion-MNIST",
                    "no gain",
                    "the server's answer alone"),
            List.of(
                    "A learnt gate",
                    "boosted trees on all that the edge knows of an image",
                    "overfitted 5,000 images",
                    "a threshold of min-entropy"),
            List.of(
                    "Scores from the head",
                    "the head's rows applied to patch tokens in place of the attention",
                    "less accurate",
                    "the class token's attention"),
            List.of(
                    "Grids and random patches",
                    "an order that doesn't depend on the image, from ten patches on",
                    "less accurate",
                    "attention, and complementing patches more so"),
            List.of(
                    "One JPEG in scans",
                    "a progressive JPEG of quality 50 that ends after some of its scans, to the stock server",
                    "1,658 bytes, .793; 3,632 bytes, .914",
                    "a whole JPEG of quality 15: 2,961 bytes, .918"));

    private FailedAttempts() {}

    /** Returns the section. */
    static String html() {
        return "<h2>Tried and not kept</h2>\n<p>On photographs of twenty ImageNet classes: the edge, DeiT-Tiny's first three"
                + " blocks, has a top-1 accuracy of .861 alone, the server, DeiT-Tiny, .951 on whole images. Chosen on 1,000"
                + " images, measured on 1,000 others.</p>\n"
                + PointTables.table("texts wrapped", List.of("what", "how", "result", "beside"), ATTEMPTS, -1);
    }
}
