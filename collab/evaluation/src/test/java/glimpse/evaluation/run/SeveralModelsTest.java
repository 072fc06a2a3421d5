package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.PredictionReply;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.engine.Capture;
import glimpse.engine.ClassLabels;
import glimpse.engine.ClassProbability;
import glimpse.engine.Prediction;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.AlteredImages;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are evaluated alone, several in one pass over the images. */
class SeveralModelsTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int IMAGES = 7;

    @TempDir
    Path folder;

    private final AtomicInteger reads = new AtomicInteger();
    private Workers workers;
    private Classifier small;
    private Classifier other;
    private Dataset images;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(2);
        small = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        other = TinyModel.load(folder, TinyModel.RGB, 2, workers);
        Path pictures = TestImages.folder(folder.resolve("pictures"), LABELS, IMAGES);
        images = AlteredImages.counting(
                ImageFolder.ofClassFolders(pictures, ClassIndex.of(ClassLabels.ofLines(LABELS), 3)), reads);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void eachRowIsWhatTheModelSaysOfTheImage() throws Exception {
        for (ImageResult row : run(List.of(small), "a").getFirst().rows()) {
            Prediction alone = Prediction.softmax(small.transformer()
                    .newSession()
                    .forward(small.preprocessing().apply(images.read(row.index())), Capture.none())
                    .logits(0));
            assertThat(((ImageResult.Evaluated) row).edgeTop())
                    .isEqualTo(alone.top(PredictionReply.TOP_CLASSES).stream()
                            .map(ClassProbability::index)
                            .toList());
        }
        assertThat(csv("a"))
                .startsWith("index,file,label,failure,file_bytes,top1,top5,min_entropy_bits,shannon_bits,margin\n");
    }

    @Test
    void anImageIsDecodedOnceForAllModels() throws Exception {
        List<RunResult> results = run(List.of(small, other), "a", "b");
        assertThat(reads).hasValue(IMAGES);
        assertThat(results).extracting(result -> result.speed().images()).containsExactly(IMAGES, IMAGES);
        run(List.of(small), "alone");
        assertThat(csv("a")).isEqualTo(csv("alone")).isNotEqualTo(csv("b"));
    }

    @Test
    void anotherModelLaterUsesTheRowsOfTheFirst() throws Exception {
        run(List.of(small, other), "a", "b");
        String fresh = csv("b");
        run(List.of(small), "again");
        reads.set(0);
        List<RunResult> results = run(List.of(other, small), "later", "again");
        assertThat(results).extracting(result -> result.speed().images()).containsExactly(IMAGES, 0);
        assertThat(reads).hasValue(IMAGES);
        assertThat(csv("later")).isEqualTo(fresh);
        reads.set(0);
        run(List.of(small, other), "again", "later");
        assertThat(reads).hasValue(0);
    }

    @Test
    void rowsThatAreCutOffAnywhereEndAsTheSameBytes() throws Exception {
        run(List.of(small, other), "a", "b");
        byte[] one = csv("a").getBytes(StandardCharsets.UTF_8);
        byte[] two = csv("b").getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < one.length; cut += 83) {
            Files.write(folder.resolve("a/images.csv"), Arrays.copyOf(one, cut));
            Files.write(folder.resolve("b/images.csv"), Arrays.copyOf(two, two.length - cut * two.length / one.length));
            run(List.of(small, other), "a", "b");
            assertThat(folder.resolve("a/images.csv")).hasBinaryContent(one);
            assertThat(folder.resolve("b/images.csv")).hasBinaryContent(two);
        }
    }

    @Test
    void aBrokenImageFailsForEachModelAndIsHeardOfOnce() throws Exception {
        images = AlteredImages.counting(AlteredImages.failing(images, 2), reads);
        Failures listener = new Failures();
        List<RunResult> results = run(List.of(small, other), listener, "a", "b");
        assertThat(listener.heard).containsExactly(2);
        assertThat(results)
                .allSatisfy(result -> assertThat(result.rows().get(2)).isInstanceOf(ImageResult.Failed.class));
    }

    @Test
    void amongValidClassesNoOtherIsPredicted() throws Exception {
        images = AlteredImages.labelled(images, index -> 2);
        List<RunResult> results = run(List.of(small.among(List.of(0, 2)), small), "valid", "all");
        for (int i = 0; i < IMAGES; i++) {
            List<Integer> all = ((ImageResult.Evaluated) results.get(1).rows().get(i)).edgeTop();
            assertThat(((ImageResult.Evaluated) results.get(0).rows().get(i)).edgeTop())
                    .isEqualTo(all.stream().filter(index -> index != 1).toList());
        }
        reads.set(0);
        run(List.of(small.among(List.of(0, 2))), "valid");
        assertThat(reads).hasValue(0); // rows of two classes are taken for whole
    }

    @Test
    void aLabelThatIsNotValidIsNamed() {
        assertThatThrownBy(() -> run(List.of(small.among(List.of(0, 2))), "a"))
                .isInstanceOf(DatasetException.class)
                .hasMessage("the label of bee/image101.jpg is 1, which isn't among the valid ones (2)");
    }

    private List<RunResult> run(List<Classifier> models, String... names) throws IOException, InterruptedException {
        return run(models, new Failures(), names);
    }

    private List<RunResult> run(List<Classifier> models, EvaluationListener listener, String... names)
            throws IOException, InterruptedException {
        List<Evaluation.Member> members = new ArrayList<>();
        List<RunFolder> folders = new ArrayList<>();
        try {
            for (int i = 0; i < names.length; i++) {
                Fingerprint fingerprint = new Fingerprint(new TreeMap<>(Map.of("test", names[i])));
                folders.add(RunFolder.open(folder.resolve(names[i]), fingerprint, false));
                members.add(new Evaluation.Member(Evaluation.ofModel(models.get(i), 3), folders.getLast()));
            }
            return Evaluation.runAll(members, images, listener);
        } finally {
            for (RunFolder one : folders) {
                one.close();
            }
        }
    }

    private String csv(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("images.csv"));
    }

    /** Hears which images failed. */
    private static final class Failures implements EvaluationListener {
        private final List<Integer> heard = new ArrayList<>();

        @Override
        public void started(int done, int total) {}

        @Override
        public void imageFinished(ImageResult row) {
            if (row instanceof ImageResult.Failed) {
                heard.add(row.index());
            }
        }
    }
}
