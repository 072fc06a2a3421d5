package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.ClassLabels;
import glimpse.engine.Pooling;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of images of which nothing is sent depend neither on the batch nor on where a run was resumed. */
class EmptySelectionTest {
    private static final int IMAGES = 5;
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final Fingerprint FINGERPRINT = new Fingerprint(new TreeMap<>(Map.of("test", "1")));

    @TempDir
    static Path folder;

    private static Workers workers;
    private static Classifier edge;
    private static Dataset images;
    private static EvaluationPlan plan;

    @BeforeAll
    static void start() throws IOException {
        workers = Workers.of(1);
        edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        Path pictures = TestImages.folder(folder.resolve("pictures"), LABELS, IMAGES);
        images = ImageFolder.ofClassFolders(pictures, ClassIndex.of(ClassLabels.ofLines(LABELS), LABELS.size()));
        plan = EvaluationPlan.of(
                List.of(policy("threshold:" + middleOfHighestScores()), policy("sum:0")),
                List.of(PayloadCodec.raw()),
                List.of(),
                false);
    }

    /** Returns a threshold that the scores of some images reach and those of others don't. */
    private static float middleOfHighestScores() throws IOException {
        AttentionScore score = AttentionScore.mean();
        EdgeRunner runner = new EdgeRunner(edge, Set.of(score));
        List<Float> highest = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            EdgeResult result =
                    runner.classify(List.of(edge.patches(images.read(i)))).getFirst();
            float most = 0;
            for (float value : result.scores(score)) {
                most = Math.max(most, value);
            }
            highest.add(most);
        }
        return highest.stream().sorted().toList().get(IMAGES / 2);
    }

    private static SelectionPolicy policy(String selection) {
        return new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(selection));
    }

    @AfterAll
    static void stop() {
        workers.close();
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void rowsAreTheSameInEveryBatchAndAfterEveryResume(Pooling pooling) throws Exception {
        Classifier server = TinyModel.load(folder, TinyModel.rgb(pooling), 2, workers);
        Path alone = folder.resolve(pooling + "-alone");
        assertThat(run(server, alone, 1)).hasSize(IMAGES);
        List<String> lines = Files.readAllLines(alone.resolve("images.csv"));

        for (int batch : new int[] {1, 3, 8}) {
            for (int rows = 0; rows <= IMAGES; rows++) {
                Path out = folder.resolve(pooling + "-" + batch + "-" + rows);
                RunFolder.open(out, FINGERPRINT, true).close();
                Files.writeString(out.resolve("images.csv"), String.join("\n", lines.subList(0, 1 + rows)) + "\n");
                run(server, out, batch);
                assertThat(out.resolve("images.csv"))
                        .as("batch %d, resumed after %d rows", batch, rows)
                        .hasSameBinaryContentAs(alone.resolve("images.csv"));
            }
        }
    }

    @Test
    void somethingIsSentOfSomeImagesOnly() throws Exception {
        List<ImageResult> rows = run(edge, folder.resolve("kept"), 4);

        assertThat(rows)
                .extracting(row ->
                        ((ImageResult.Evaluated) row).serverResults().getFirst().kept() > 0)
                .contains(true, false);
        assertThat(rows)
                .extracting(row ->
                        ((ImageResult.Evaluated) row).serverResults().getLast().kept())
                .containsOnly(0);
    }

    private static List<ImageResult> run(Classifier server, Path out, int batch) throws Exception {
        try (RunFolder run = RunFolder.open(out, FINGERPRINT, false)) {
            return new Evaluation(edge, new InProcessChannel(new ServerNode(server)), plan, batch)
                    .run(images, run, new Silent());
        }
    }
}
