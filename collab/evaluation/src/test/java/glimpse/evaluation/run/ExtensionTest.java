package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.ClassLabels;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.AlteredImages;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.data.ImageSubset;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.rows.RunFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that use the rows of earlier, smaller runs in the same folder. */
class ExtensionTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int IMAGES = 10;
    private static final Fingerprint FINGERPRINT = new Fingerprint(new TreeMap<>(Map.of("test", "1")));
    private static final EvaluationPlan SMALL = plan(false, "sum:0.8");
    private static final EvaluationPlan LARGE = plan(true, "top:3", "sum:0.8", "random:5:3");

    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private Workers workers;
    private Classifier edge;
    private Classifier server;
    private Path pictures;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(2);
        edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        server = TinyModel.load(folder, TinyModel.RGB, 2, workers);
        pictures = TestImages.folder(folder.resolve("pictures"), LABELS, IMAGES);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void moreUploadsInAnyOrderAskTheServerOnlyForThose() throws Exception {
        run("fresh", LARGE, images());
        run("extended", SMALL, images());
        requests.set(0);
        run("extended", LARGE, images());
        assertThat(requests).hasValue(IMAGES * 3); // top:3, random:5:3 and the baseline
        assertThat(files("extended")).isEqualTo(files("fresh"));
    }

    @Test
    void anotherOrderOfUploadsAsksForNothing() throws Exception {
        EvaluationPlan reversed = plan(true, "random:5:3", "sum:0.8", "top:3");
        run("fresh", reversed, images());
        run("extended", LARGE, images());
        requests.set(0);
        run("extended", reversed, images());
        assertThat(requests).hasValue(0);
        assertThat(files("extended")).isEqualTo(files("fresh"));
    }

    @Test
    void moreImagesOnBothSidesAskOnlyForThose() throws Exception {
        run("fresh", SMALL, images());
        run("extended", SMALL, ImageSubset.range(images(), 3, 4));
        requests.set(0);
        run("extended", SMALL, images());
        assertThat(requests).hasValue(IMAGES - 4);
        assertThat(files("extended")).isEqualTo(files("fresh"));
    }

    @Test
    void anExtensionThatIsCutOffAnywhereLosesNothing() throws Exception {
        run("fresh", LARGE, images());
        byte[] fresh = csv("fresh");
        run("extended", SMALL, ImageSubset.range(images(), 0, 6));
        byte[] old = csv("extended");
        for (int cut = 0; cut <= fresh.length; cut += 97) {
            Path cutFolder = folder.resolve("cut" + cut);
            RunFolder.open(cutFolder, FINGERPRINT, true).close();
            Files.write(cutFolder.resolve("images.csv.1"), old);
            Files.write(cutFolder.resolve("images.csv"), Arrays.copyOf(fresh, cut));
            requests.set(0);
            run("cut" + cut, LARGE, images());
            assertThat(requests).hasValueLessThanOrEqualTo(IMAGES * 4 - 6);
            assertThat(files("cut" + cut)).as("cut at %d", cut).isEqualTo(files("fresh"));
        }
    }

    @Test
    void aKillBetweenTheTwoFilesLosesNothing() throws Exception {
        run("fresh", LARGE, images());
        run("killed", SMALL, images());
        Files.move(folder.resolve("killed/images.csv"), folder.resolve("killed/images.csv.1"));
        requests.set(0);
        run("killed", LARGE, images());
        assertThat(requests).hasValue(IMAGES * 3);
        assertThat(files("killed")).isEqualTo(files("fresh"));
    }

    @Test
    void failedImagesAreTriedAgain() throws Exception {
        run("fresh", LARGE, images());
        Dataset failing = AlteredImages.failing(images(), 2, 7);
        List<ImageResult> rows = run("repaired", LARGE, failing);
        assertThat(rows).filteredOn(ImageResult.Failed.class::isInstance).hasSize(2);
        byte[] withFailures = csv("repaired");
        run("repaired", LARGE, failing);
        assertThat(csv("repaired")).isEqualTo(withFailures);
        requests.set(0);
        run("repaired", LARGE, images());
        assertThat(requests).hasValue(2 * 4);
        assertThat(files("repaired")).isEqualTo(files("fresh"));
    }

    @Test
    void resultsOfAnImageThatFailsSinceAreKept() throws Exception {
        run("fresh", LARGE, images());
        run("failing", SMALL, images());
        run("failing", LARGE, AlteredImages.failing(images(), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        requests.set(0);
        run("failing", LARGE, images());
        assertThat(requests).hasValue(IMAGES * 3);
        assertThat(files("failing")).isEqualTo(files("fresh"));
    }

    @Test
    void aRepairedImageOfAnotherLengthIsEvaluatedAgain() throws Exception {
        run("repaired", SMALL, images());
        Path picture = pictures.resolve("ant/image100.png");
        TestImages.write(picture, 77);
        run("fresh", SMALL, images());
        requests.set(0);
        run("repaired", SMALL, images());
        assertThat(requests).hasValue(1);
        assertThat(files("repaired")).isEqualTo(files("fresh"));
    }

    @Test
    void otherLabelsAskForNothing() throws Exception {
        Dataset relabelled = ImageFolder.ofClassFolders(
                pictures, ClassIndex.of(ClassLabels.ofLines(List.of("cow", "bee", "ant")), 3));
        run("fresh", SMALL, relabelled);
        run("relabelled", SMALL, images());
        requests.set(0);
        run("relabelled", SMALL, relabelled);
        assertThat(requests).hasValue(0);
        assertThat(files("relabelled")).isEqualTo(files("fresh"));
    }

    @Test
    void resultsThatTheRunDoesNotHaveAreNeverDiscarded() throws Exception {
        run("large", LARGE, images());
        Map<String, String> before = files("large");
        assertThatThrownBy(() -> run("large", SMALL, images()))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("holds results of mean/top:3/raw, which this run doesn't evaluate");
        assertThatThrownBy(() -> run("large", LARGE, ImageSubset.range(images(), 0, 4)))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("holds results of images that aren't among these, such as ");
        assertThat(files("large")).isEqualTo(before);
    }

    @Test
    void rowsAfterADamagedOneAreUsed() throws Exception {
        run("fresh", SMALL, images());
        run("damaged", SMALL, images());
        String rows = Files.readString(folder.resolve("damaged/images.csv"));
        Files.writeString(folder.resolve("damaged/images.csv"), rows.replaceFirst("\n2,", "\n-2,"));
        requests.set(0);
        run("damaged", SMALL, images());
        assertThat(requests).hasValue(1);
        assertThat(files("damaged")).isEqualTo(files("fresh"));
    }

    private Dataset images() throws IOException {
        return ImageFolder.ofClassFolders(pictures, ClassIndex.of(ClassLabels.ofLines(LABELS), 3));
    }

    private static EvaluationPlan plan(boolean baseline, String... selections) {
        return EvaluationPlan.of(
                Stream.of(selections)
                        .map(text -> new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(text)))
                        .toList(),
                List.of(PayloadCodec.raw()),
                List.of(),
                baseline);
    }

    private List<ImageResult> run(String name, EvaluationPlan plan, Dataset images) throws Exception {
        try (RunFolder run = RunFolder.open(folder.resolve(name), FINGERPRINT, false)) {
            return new Evaluation(edge, CountedRequests.to(server, requests), plan, 3).run(images, run, new Silent());
        }
    }

    private byte[] csv(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("images.csv"));
    }

    private Map<String, String> files(String name) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder.resolve(name))) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return files;
    }
}
