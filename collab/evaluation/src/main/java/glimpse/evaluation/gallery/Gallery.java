package glimpse.evaluation.gallery;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.metrics.UploadResults;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Picks images that show how an operating point works, and draws them. */
public final class Gallery {
    private static final int IMAGES_PER_OUTCOME = 4;

    private final Classifier edge;
    private final Dataset images;
    private final ClassIndex classes;

    /**
     * Creates a gallery of a data set.
     *
     * @param edge the model whose attention is drawn
     * @param images the data set
     * @param classes the names of its classes
     */
    public Gallery(Classifier edge, Dataset images, ClassIndex classes) {
        this.edge = edge;
        this.images = images;
        this.classes = classes;
    }

    /**
     * Draws up to four images of each outcome, of as many classes as possible.
     *
     * @param rows one per image, in which the server's results are those of the plan
     * @param plan the run's plan
     * @param row the operating point; if it uploads image files, nothing is drawn
     * @throws IOException if an image can no longer be read
     */
    public List<GalleryItem> of(List<ImageResult> rows, EvaluationPlan plan, TableRow row) throws IOException {
        if (!(row.point().upload() instanceof Upload.Patches patches)) {
            return List.of();
        }
        UploadResults results = new UploadResults(plan, row.point());
        List<GalleryItem> items = new ArrayList<>();
        EdgeRunner runner = EdgeRunner.of(edge, Set.of(patches.policy()));
        for (Outcome outcome : Outcome.values()) {
            List<Evaluated> matching = ImageResult.evaluated(rows).stream()
                    .filter(image ->
                            outcome(image, results).filter(outcome::equals).isPresent())
                    .toList();
            for (Evaluated image : some(matching)) {
                items.add(item(outcome, image, results.result(image), patches, runner));
            }
        }
        return items;
    }

    /** Returns the first images, those of classes not yet shown before others. */
    private static List<Evaluated> some(List<Evaluated> matching) {
        List<Evaluated> chosen = new ArrayList<>();
        Set<Integer> labels = new HashSet<>();
        for (Evaluated row : matching) {
            if (chosen.size() < IMAGES_PER_OUTCOME && labels.add(row.label())) {
                chosen.add(row);
            }
        }
        for (Evaluated row : matching) {
            if (chosen.size() < IMAGES_PER_OUTCOME && !chosen.contains(row)) {
                chosen.add(row);
            }
        }
        return chosen;
    }

    /** Empty for an offloaded image of which edge and server are both right, or both wrong. */
    private static Optional<Outcome> outcome(Evaluated row, UploadResults results) {
        boolean edgeRight = row.edgeTop().getFirst() == row.label();
        boolean serverRight = results.result(row).top().getFirst() == row.label();
        if (results.confident(row)) {
            return Optional.of(edgeRight ? Outcome.CONFIDENT_AND_RIGHT : Outcome.CONFIDENT_AND_WRONG);
        }
        if (edgeRight == serverRight) {
            return Optional.empty();
        }
        return Optional.of(serverRight ? Outcome.CORRECTED : Outcome.WORSENED);
    }

    private GalleryItem item(
            Outcome outcome, Evaluated row, ServerResult server, Upload.Patches upload, EdgeRunner runner)
            throws IOException {
        RgbImage image = images.read(row.index());
        PixelPatches patches = edge.patches(image);
        EdgeResult result = runner.classify(List.of(patches)).getFirst();
        EdgeStep step = new EdgeStep(OffloadGate.always(), upload.policy(), upload.payloadCodec());
        float[] scores = result.scores(upload.policy().score());
        SelectedPatches kept =
                step.selectRounds(result, edge.transformer().config().grid(), patches, row.name()).stream()
                        .filter(round -> round.count() == server.kept()) // the round that stands
                        .findFirst()
                        .orElseThrow(() ->
                                new IOException(row.name() + ": the edge selects other patches than in the rows"));
        GalleryPictures pictures = GalleryPictures.of(edge, image, scores, kept);
        return new GalleryItem(
                outcome,
                row.name(),
                classes.name(row.label()),
                classes.name(row.edgeTop().getFirst()),
                row.confidence().minEntropyBits(),
                classes.name(server.top().getFirst()),
                kept.count(),
                scores.length,
                outcome.isOffloaded() ? server.upBytes() : 0,
                pictures.whole(),
                pictures.attention(),
                pictures.kept());
    }
}
