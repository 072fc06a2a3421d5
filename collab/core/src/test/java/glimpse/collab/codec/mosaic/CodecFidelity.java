package glimpse.collab.codec.mosaic;

import glimpse.collab.node.Classifier;
import glimpse.engine.Capture;
import glimpse.engine.Prediction;
import glimpse.engine.Session;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what the codec's loss costs a server: for each number of patches and quality the mean bytes and how far its
 * predictions move, as the mean Kullback-Leibler divergence from those for the original pixels (nats) and as the share
 * of images whose most probable class is another one. Compare settings of the codec by their bytes at equal divergence,
 * which tells them apart on a few hundred images, where accuracies would need tens of thousands.
 *
 * <pre>{@code
 * CodecFidelity EDGE_MODEL SERVER_MODEL IMAGES [EVERY]
 * }</pre>
 */
final class CodecFidelity {
    private static final List<String> SELECTIONS =
            List.of("top:20+diverse:0.6", "top:40+diverse:0.6", "top:80+diverse:0.6");
    private static final int[] QUALITIES = {30, 38, 46, 54, 62};

    private CodecFidelity() {}

    /** Measures; the arguments are those of the class's description. */
    public static void main(String[] arguments) throws IOException, MosaicException {
        int every = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        try (Workers workers = Workers.ofPhysicalCores()) {
            Classifier edge = Classifier.load(Path.of(arguments[0]), workers);
            Classifier server = Classifier.load(Path.of(arguments[1]), workers);
            int grid = edge.transformer().config().grid();
            List<List<PixelPatches>> photographs =
                    SelectedPhotographs.of(edge, SELECTIONS, Path.of(arguments[2]), every);
            for (int i = 0; i < SELECTIONS.size(); i++) {
                int selection = i;
                measure(
                        server,
                        grid,
                        photographs.stream().map(one -> one.get(selection)).toList());
            }
        }
    }

    private static void measure(Classifier server, int grid, List<PixelPatches> images) throws MosaicException {
        try (Session session = server.transformer().newSession()) {
            List<Prediction> originals = new ArrayList<>();
            for (PixelPatches image : images) {
                originals.add(predict(server, session, image));
            }
            for (int quality : QUALITIES) {
                double bytes = 0;
                double divergence = 0;
                int others = 0;
                for (int i = 0; i < images.size(); i++) {
                    PixelPatches image = images.get(i);
                    MosaicCodec codec = new MosaicCodec(grid, image.patchSize(), image.channels(), quality);
                    byte[] code = codec.encode(image.positions(), image.pixels());
                    byte[] pixels = codec.decode(image.patches(), code);
                    Prediction decoded = predict(
                            server,
                            session,
                            PixelPatches.of(image.patchSize(), image.channels(), image.positions(), pixels));
                    bytes += code.length;
                    divergence += divergence(originals.get(i), decoded);
                    others += best(decoded) == best(originals.get(i)) ? 0 : 1;
                }
                System.out.printf(
                        "%d patches, quality %d: %.0f bytes, divergence %.4f, %.1f %% another class%n",
                        images.getFirst().patches(),
                        quality,
                        bytes / images.size(),
                        divergence / images.size(),
                        100.0 * others / images.size());
            }
        }
    }

    private static Prediction predict(Classifier server, Session session, PixelPatches patches) {
        return server.predict(session.forward(server.preprocessing().normalise(patches), Capture.none())
                .logits(0));
    }

    private static int best(Prediction prediction) {
        return prediction.top(1).getFirst().index();
    }

    private static double divergence(Prediction from, Prediction to) {
        double sum = 0;
        for (int i = 0; i < from.classes(); i++) {
            double p = from.probability(i);
            if (p > 0) {
                sum += p * Math.log(p / Math.max(to.probability(i), Double.MIN_NORMAL));
            }
        }
        return sum;
    }
}
