package glimpse.evaluation.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.Confidence;
import glimpse.collab.node.Classifier;
import glimpse.engine.ClassLabels;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.metrics.Rows;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final ClassIndex CLASSES = ClassIndex.of(ClassLabels.ofLines(LABELS), 3);
    private static final OperatingPoint POINT = OperatingPoint.parse("mean/top:5/raw/min-entropy:1.0");
    private static final EvaluationPlan PLAN =
            new EvaluationPlan(List.of(Upload.parse("mean/all/jpeg:50"), POINT.upload()), false);
    private static final double SURE = 0.5;
    private static final double UNSURE = 1.5;

    @TempDir
    Path folder;

    private Workers workers;
    private Classifier edge;
    private ImageFolder images;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(1);
        edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        images = ImageFolder.ofClassFolders(TestImages.folder(folder.resolve("pictures"), LABELS, 12), CLASSES);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void everyOutcomeIsShownAndIndifferentImagesAreNot() throws IOException {
        List<GalleryItem> items = gallery(
                row(0, 1, 1, SURE, 2), // wrong, confident; labels are 0 for the first four images
                row(1, 0, 0, SURE, 2), // right, confident
                row(2, 1, 0, UNSURE, 2), // corrected
                row(3, 0, 1, UNSURE, 2), // worsened
                row(4, 1, 1, UNSURE, 2), // both right
                row(5, 0, 2, UNSURE, 2)); // both wrong
        assertThat(items.stream().map(GalleryItem::outcome))
                .containsExactly(
                        Outcome.CORRECTED, Outcome.WORSENED, Outcome.CONFIDENT_AND_RIGHT, Outcome.CONFIDENT_AND_WRONG);
        assertThat(items.stream().map(GalleryItem::image))
                .containsExactly(images.name(2), images.name(3), images.name(1), images.name(0));
    }

    @Test
    void anItemSaysWhatEdgeAndServerPredictedAndWhatWasSent() throws IOException {
        GalleryItem item = gallery(row(2, 1, 0, UNSURE, 2)).getFirst();
        assertThat(item.label()).isEqualTo("ant");
        assertThat(item.edgeClass()).isEqualTo("bee");
        assertThat(item.serverClass()).isEqualTo("ant");
        assertThat(item.minEntropyBits()).isEqualTo(UNSURE);
        assertThat(item.kept()).isEqualTo(5);
        assertThat(item.patches()).isEqualTo(16);
        assertThat(item.upBytes()).isEqualTo(502);
        assertThat(List.of(item.wholePicture(), item.attentionPicture(), item.keptPicture()))
                .allSatisfy(picture -> assertThat(picture).startsWith("data:image/png;base64,"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aConfidentImageSendsNothing() throws IOException {
        assertThat(gallery(row(1, 0, 2, SURE, 2)).getFirst().upBytes()).isZero();
    }

    @Test
    void ofManyImagesFourOfDifferentClassesAreShown() throws IOException {
        List<ImageResult> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows.add(row(i, (images.label(i) + 1) % 3, images.label(i), UNSURE, 2));
        }
        List<GalleryItem> items = gallery(rows.toArray(ImageResult[]::new));
        assertThat(items.stream().map(GalleryItem::image))
                .containsExactly(images.name(0), images.name(4), images.name(8), images.name(1));
    }

    @Test
    void failedImagesAreLeftOut() throws IOException {
        assertThat(gallery(new ImageResult.Failed(0, images.name(0), 0, "truncated")))
                .isEmpty();
    }

    @Test
    void aPointThatSendsFilesHasNoGallery() throws IOException {
        OperatingPoint file = OperatingPoint.parse("file/png/always");
        EvaluationPlan plan = new EvaluationPlan(List.of(file.upload()), false);
        assertThat(new Gallery(edge, images, CLASSES)
                        .of(List.of(row(0, 1, 0, UNSURE, 1)), plan, Rows.row(file, 1, 0.5)))
                .isEmpty();
    }

    private List<GalleryItem> gallery(ImageResult... rows) throws IOException {
        return new Gallery(edge, images, CLASSES).of(List.of(rows), PLAN, Rows.row(POINT, 0.3, 0.8));
    }

    /** The server's last upload predicts as given, any other one a class of its own. */
    private ImageResult row(int index, int edgeClass, int serverClass, double bits, int uploads) {
        List<ServerResult> results = new ArrayList<>();
        for (int i = 1; i <= uploads; i++) {
            int top = i == uploads ? serverClass : (serverClass + 1) % 3;
            results.add(new ServerResult(5, 0.1f, 0.5f, 500 + i, 49, List.of(top), 0.5));
        }
        return new ImageResult.Evaluated(
                index,
                images.name(index),
                images.label(index),
                OptionalLong.empty(),
                List.of(edgeClass),
                new Confidence(bits, bits, 0.5),
                results);
    }
}
