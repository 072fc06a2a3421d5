package glimpse.evaluation.gallery;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.data.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.run.ImageResult;
import glimpse.evaluation.run.ImageResult.Evaluated;
import glimpse.evaluation.run.ServerResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Picks images that tell how an operating point works, and draws them. */
public final class Gallery {
    private static final int IMAGES_OF_A_KIND = 4;

    private final Classifier edge;
    private final Dataset images;
    private final ClassIndex classes;

    /**
     * Makes a gallery of a data set.
     *
     * @param edge whose attention is drawn
     * @param classes their names
     */
    public Gallery(Classifier edge, Dataset images, ClassIndex classes) {
        this.edge = edge;
        this.images = images;
        this.classes = classes;
    }

    /** What becomes of an image. */
    enum Kind {
        OVERTURNED("The server put the edge right"),
        MADE_WORSE("The server made it worse"),
        KEPT("The edge was sure, and right: nothing was sent"),
        SURE_AND_WRONG("The edge was sure, and wrong");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /**
     * Draws up to four images of each kind, of as many classes as there are.
     *
     * @param rows one an image, of this plan
     * @param point a row of patches
     * @throws IOException if an image that could be read before can't be any more
     */
    public List<GalleryItem> of(List<ImageResult> rows, EvaluationPlan plan, TableRow point) throws IOException {
        if (!(point.point().upload() instanceof Upload.Patches patches)) {
            return List.of();
        }
        int index = plan.indexOf(patches);
        List<GalleryItem> items = new ArrayList<>();
        EdgeRunner runner = new EdgeRunner(edge, Set.of(patches.policy().score()));
        for (Kind kind : Kind.values()) {
            for (Evaluated row : some(rows, kind, point, index)) {
                items.add(item(kind, row, row.serverResults().get(index), patches, runner));
            }
        }
        return items;
    }

    private static List<Evaluated> some(List<ImageResult> rows, Kind kind, TableRow point, int index) {
        List<Evaluated> ofKind = new ArrayList<>();
        for (ImageResult row : rows) {
            if (row instanceof Evaluated evaluated && kindOf(evaluated, point, index) == kind) {
                ofKind.add(evaluated);
            }
        }
        List<Evaluated> chosen = new ArrayList<>();
        Set<Integer> labels = new HashSet<>();
        for (Evaluated row : ofKind) {
            if (chosen.size() < IMAGES_OF_A_KIND && labels.add(row.label())) {
                chosen.add(row);
            }
        }
        for (Evaluated row : ofKind) {
            if (chosen.size() < IMAGES_OF_A_KIND && !chosen.contains(row)) {
                chosen.add(row);
            }
        }
        return chosen;
    }

    /** Null for what no kind is for: both wrong, or both right. */
    private static @Nullable Kind kindOf(Evaluated row, TableRow point, int index) {
        boolean edgeRight = row.edgeTop().getFirst() == row.label();
        boolean serverRight = row.serverResults().get(index).top().getFirst() == row.label();
        if (point.point().gate().confident(row.confidence())) {
            return edgeRight ? Kind.KEPT : Kind.SURE_AND_WRONG;
        }
        if (edgeRight == serverRight) {
            return null;
        }
        return serverRight ? Kind.OVERTURNED : Kind.MADE_WORSE;
    }

    private GalleryItem item(Kind kind, Evaluated row, ServerResult server, Upload.Patches upload, EdgeRunner runner)
            throws IOException {
        RgbImage image = images.read(row.index());
        float[] scores = runner.classify(List.of(edge.patches(image)))
                .getFirst()
                .scores(upload.policy().score());
        SelectedPatches kept = upload.policy().selection().select(scores, row.name());
        boolean sent = kind == Kind.OVERTURNED || kind == Kind.MADE_WORSE;
        GalleryPictures pictures = GalleryPictures.of(edge, image, scores, kept);
        return new GalleryItem(
                kind.title(),
                row.name(),
                classes.name(row.label()),
                classes.name(row.edgeTop().getFirst()),
                row.confidence().minEntropyBits(),
                classes.name(server.top().getFirst()),
                sent,
                kept.count(),
                scores.length,
                sent ? server.upBytes() : 0,
                pictures.whole(),
                pictures.attention(),
                pictures.kept());
    }
}
