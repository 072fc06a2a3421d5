package glimpse.evaluation.calibration;

import glimpse.collab.gate.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Images for tests of gates. */
final class GatedImages {
    private GatedImages() {}

    static GatedImage of(double minEntropyBits, boolean edgeRight, boolean serverRight) {
        return new GatedImage(
                "image",
                new Confidence(minEntropyBits, 0, 0),
                edgeRight,
                serverRight,
                edgeRight && serverRight,
                10,
                100);
    }

    /** Returns images of which the edge is wrong the more often the less confident it is. */
    static List<GatedImage> random(int count, long seed) {
        Random random = new Random(seed);
        List<GatedImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double doubt = random.nextDouble(); // 1 - probability of the top class, were the edge calibrated
            boolean edgeRight = random.nextDouble() > doubt * doubt;
            boolean serverRight = random.nextDouble() < 0.95;
            boolean agree = edgeRight == serverRight && (edgeRight || random.nextBoolean());
            images.add(new GatedImage(
                    "image" + seed + "-" + i, new Confidence(doubt * 4, 0, 0), edgeRight, serverRight, agree, 10, 100));
        }
        return images;
    }
}
