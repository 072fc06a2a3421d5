package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.ClassLabels;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
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

/** Runs that ask the server only about images that a gate offloads. */
class OnlyOffloadedTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int IMAGES = 10;
    private static final Fingerprint FINGERPRINT = new Fingerprint(new TreeMap<>(Map.of("test", "1")));
    private static final EvaluationPlan ALL = EvaluationPlan.of(
            List.of(policy("sum:0.8"), policy("top:3")), List.of(PayloadCodec.raw()), List.of(), false);

    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private Workers workers;
    private Classifier edge;
    private Classifier server;
    private Dataset images;
    private List<Evaluated> complete;
    private EvaluationPlan few; // asks about three images
    private EvaluationPlan more; // asks about those and two more

    @BeforeEach
    void start() throws Exception {
        workers = Workers.of(2);
        edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        server = TinyModel.load(folder, TinyModel.RGB, 2, workers);
        images = ImageFolder.ofClassFolders(
                TestImages.folder(folder.resolve("pictures"), LABELS, IMAGES),
                ClassIndex.of(ClassLabels.ofLines(LABELS), 3));
        complete = run("complete", ALL);
        few = ALL.onlyOffloadedBy(List.of(gateOffloading(3)));
        more = ALL.onlyOffloadedBy(List.of(gateOffloading(3), gateOffloading(5)));
        requests.set(0);
    }

    /** Returns the gate that offloads as many of the images as given. */
    private OffloadGate gateOffloading(int offloaded) {
        double[] bits = complete.stream()
                .mapToDouble(row -> row.confidence().minEntropyBits())
                .sorted()
                .toArray();
        OffloadGate gate = new OffloadGate.MinEntropy((bits[IMAGES - offloaded - 1] + bits[IMAGES - offloaded]) / 2);
        assertThat(complete)
                .filteredOn(row -> !gate.confident(row.confidence()))
                .hasSize(offloaded);
        return gate;
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void rowsOfOffloadedImagesAreThoseOfACompleteRunAndTheOthersAreTheEdgesAlone() throws Exception {
        assertThat(run("few", few)).isEqualTo(expected(few));
        assertThat(requests).hasValue(3 * 2);
    }

    @Test
    void aSecondRunAsksForNothing() throws Exception {
        run("few", few);
        byte[] rows = csv("few");
        requests.set(0);
        run("few", few);
        assertThat(requests).hasValue(0);
        assertThat(csv("few")).isEqualTo(rows);
    }

    @Test
    void anotherGateAsksOnlyAboutTheImagesThatItOffloadsToo() throws Exception {
        run("few", few);
        requests.set(0);
        assertThat(run("few", more)).isEqualTo(expected(more));
        assertThat(requests).hasValue(2 * 2);
        run("more", more);
        assertThat(csv("few")).isEqualTo(csv("more"));
    }

    @Test
    void aCompleteRunAsksAboutTheOthers() throws Exception {
        run("few", few);
        requests.set(0);
        assertThat(run("few", ALL)).isEqualTo(complete);
        assertThat(requests).hasValue((IMAGES - 3) * 2);
        assertThat(csv("few")).isEqualTo(csv("complete"));
    }

    @Test
    void whatACompleteRunLeftIsKept() throws Exception {
        byte[] rows = csv("complete");
        assertThat(run("complete", few)).isEqualTo(complete);
        assertThat(requests).hasValue(0);
        assertThat(csv("complete")).isEqualTo(rows);
    }

    @Test
    void aRunThatIsCutOffAnywhereEndsTheSame() throws Exception {
        run("few", few);
        byte[] rows = csv("few");
        for (int cut = 0; cut <= rows.length; cut += 41) {
            Path cutFolder = folder.resolve("cut" + cut);
            RunFolder.open(cutFolder, FINGERPRINT, true).close();
            Files.write(cutFolder.resolve("images.csv"), Arrays.copyOf(rows, cut));
            run("cut" + cut, few);
            assertThat(csv("cut" + cut)).as("cut at %d", cut).isEqualTo(rows);
        }
    }

    private List<Evaluated> expected(EvaluationPlan plan) {
        List<Evaluated> rows = new ArrayList<>();
        for (Evaluated row : complete) {
            boolean asked = plan.asks(row.confidence());
            rows.add(new Evaluated(
                    row.index(),
                    row.name(),
                    row.label(),
                    row.fileBytes(),
                    row.edgeTop(),
                    row.confidence(),
                    asked ? row.serverResults() : List.of()));
        }
        return rows;
    }

    private static SelectionPolicy policy(String selection) {
        return new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(selection));
    }

    private List<Evaluated> run(String name, EvaluationPlan plan) throws Exception {
        try (RunFolder run = RunFolder.open(folder.resolve(name), FINGERPRINT, false)) {
            List<ImageResult> rows =
                    new Evaluation(edge, CountedRequests.to(server, requests), plan, 4).run(images, run, new Silent());
            return ImageResult.evaluated(rows);
        }
    }

    private byte[] csv(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("images.csv"));
    }
}
