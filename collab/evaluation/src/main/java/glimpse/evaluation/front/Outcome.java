package glimpse.evaluation.front;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.calibration.GatedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operating point does with some images. Immutable.
 *
 * @param images number of images
 * @param wrong the indices of those that are answered wrong
 * @param kept number of patches sent, over all images
 * @param bytes number of bytes sent, over all images
 */
record Outcome(int images, List<Integer> wrong, long kept, long bytes) {
    Outcome {
        wrong = List.copyOf(wrong);
    }

    /** Returns what a gate does with images: the edge answers the confident ones, the server the others. */
    static Outcome of(OffloadGate gate, List<GatedImage> images) {
        List<Integer> wrong = new ArrayList<>();
        long kept = 0;
        long bytes = 0;
        for (int i = 0; i < images.size(); i++) {
            GatedImage image = images.get(i);
            boolean confident = gate.confident(image.confidence());
            if (!(confident ? image.edgeRight() : image.serverRight())) {
                wrong.add(i);
            }
            kept += confident ? 0 : image.kept();
            bytes += confident ? 0 : image.upBytes();
        }
        return new Outcome(images.size(), wrong, kept, bytes);
    }

    /** Returns the accuracy, 0..1. */
    double top1() {
        return 1 - (double) wrong.size() / images;
    }

    /**
     * Returns accuracy and communication per image.
     *
     * @param patches number of patches of a whole image
     */
    Figures figures(int patches) {
        return new Figures(
                top1(), Measure.COST.perImage(kept, images, patches), Measure.BYTES.perImage(bytes, images, patches));
    }
}
