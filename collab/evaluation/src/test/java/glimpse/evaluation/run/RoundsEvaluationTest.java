package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.collab.audit.Audit;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.CollaborativeResult.Offloaded;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.ClassLabels;
import glimpse.engine.ClassProbability;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.metrics.UploadResults;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.rows.ServerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in rounds, evaluated: the rows are what an edge and a server do. */
class RoundsEvaluationTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int IMAGES = 5;
    private static final Fingerprint FINGERPRINT = new Fingerprint(new TreeMap<>(Map.of("test", "1")));
    private static final String ROUNDS = "rounds:top:3,top:3,top:7+diverse:0.6,all";

    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private Workers workers;
    private Classifier edge;
    private Classifier server;
    private Dataset images;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(1);
        load(TinyModel.RGB);
        Path pictures = TestImages.folder(folder.resolve("pictures"), LABELS, IMAGES);
        images = ImageFolder.ofClassFolders(pictures, ClassIndex.of(ClassLabels.ofLines(LABELS), 3));
    }

    private void load(VitConfig config) throws IOException {
        edge = TinyModel.load(folder, config, 1, workers);
        server = TinyModel.load(folder, config, 2, workers);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    private static EvaluationPlan plan(List<String> selections, String codec, boolean baseline) {
        return EvaluationPlan.of(
                selections.stream().map(RoundsEvaluationTest::policy).toList(),
                List.of(PayloadCodec.parse(codec)),
                List.of(),
                baseline);
    }

    private static SelectionPolicy policy(String selection) {
        return new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(selection));
    }

    private List<ImageResult> run(String name, EvaluationPlan plan) throws Exception {
        try (RunFolder run = RunFolder.open(folder.resolve(name), FINGERPRINT, false)) {
            return new Evaluation(edge, CountedRequests.to(server, requests), plan, 4).run(images, run, new Silent());
        }
    }

    private byte[] csv(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("images.csv"));
    }

    /** With JPEG the server sees each round's pixels as that round's message has them. */
    @ParameterizedTest
    @ValueSource(strings = {"raw", "deflate", "jpeg:40"})
    void atAnyRuleTheResultIsThatOfAnEdgeAndAServer(String codec) throws Exception {
        EvaluationPlan plan = plan(List.of(ROUNDS), codec, false);
        List<ImageResult> rows = run("a", plan);
        for (String rule : List.of("min-entropy:64", "min-entropy:0", "min-entropy:1.5", "margin:0.1+margin:0")) {
            StopRule until = StopRule.parseOne(rule);
            EdgeStep step = new EdgeStep(
                    OffloadGate.always(), policy(ROUNDS), PayloadCodec.parse(codec), Optional.of(until), Audit.NONE);
            EdgeNode node = new EdgeNode(edge, step, new InProcessChannel(new ServerNode(server)));
            UploadResults results = new UploadResults(
                    plan, new OperatingPoint(plan.uploads().getFirst(), OffloadGate.always(), Optional.of(until)));
            for (ImageResult row : rows) {
                Offloaded device = (Offloaded) node.classify(images.read(row.index()), row.name());
                ImageResult.Evaluated evaluated = (ImageResult.Evaluated) row;
                ServerResult result = results.result(evaluated);
                assertThat(result.top())
                        .isEqualTo(device.top().stream()
                                .map(ClassProbability::index)
                                .toList());
                assertThat(result.kept()).isEqualTo(device.selected().count());
                assertThat(result.sumOfScores()).isEqualTo(device.selected().sumOfScores());
                assertThat(result.upBytes()).isEqualTo(device.upBytes());
                assertThat(result.downBytes()).isEqualTo(device.downBytes());
                assertThat(results.exchanges(evaluated)).hasSize(device.exchanges());
            }
        }
    }

    @Test
    void scansOfAFileAreRounds() throws Exception {
        FileFormat.Written format = FileFormat.parse("scans:70");
        EvaluationPlan plan = EvaluationPlan.of(List.of(), List.of(), List.of(format), false);
        List<ImageResult> rows = run("scans", plan);
        assertThat(run("scans", plan)).isEqualTo(rows); // read back
        StopRule never = StopRule.parseOne("min-entropy:0");
        UploadResults results = new UploadResults(
                plan, new OperatingPoint(plan.uploads().getFirst(), OffloadGate.always(), Optional.of(never)));
        for (ImageResult row : rows) {
            ImageResult.Evaluated evaluated = (ImageResult.Evaluated) row;
            FileFormat.Encoded file = format.encode(edge.patches(images.read(row.index())));
            assertThat(results.exchanges(evaluated)).hasSize(10);
            assertThat(results.result(evaluated).upBytes()).isEqualTo(file.bytes());
            assertThat(results.result(evaluated).kept()).isEqualTo(16);
        }
        assertThat(requests).hasValue(10 * IMAGES);
    }

    @Test
    void aRoundSharesThePassOfAnUploadOfTheSamePatches() throws Exception {
        run("once", plan(List.of("top:3", "rounds:top:3,top:7,all", "top:7", "all"), "deflate", false));
        assertThat(requests).hasValue(3 * IMAGES);
    }

    @Test
    void roundsThatBeginAlikeShareTheirResults() throws Exception {
        EvaluationPlan plan = plan(List.of("rounds:top:3,top:7", "rounds:top:3,top:7,all"), "raw", true);
        assertThat(plan.allUploads().stream().map(Upload::spec))
                .containsExactly(
                        "mean/rounds:top:3/raw",
                        "mean/rounds:top:3,top:7/raw",
                        "mean/rounds:top:3,top:7,all/raw",
                        "mean/all/raw");
        run("alike", plan);
        assertThat(requests).hasValue(3 * IMAGES);
    }

    @Test
    void aFurtherRoundIsAddedToARunsRows() throws Exception {
        run("extended", plan(List.of("rounds:top:3,top:7"), "jpeg:40", false));
        requests.set(0);
        EvaluationPlan longer = plan(List.of("rounds:top:3,top:7,all"), "jpeg:40", false);
        run("extended", longer);
        assertThat(requests).hasValue(IMAGES);
        run("anew", longer);
        assertThat(csv("extended")).isEqualTo(csv("anew"));
    }

    @Test
    void aRunThatWasCutOffEndsWithTheSameBytes() throws Exception {
        EvaluationPlan plan = plan(List.of("top:2", ROUNDS), "raw", true);
        List<ImageResult> rows = run("whole", plan);
        byte[] whole = csv("whole");
        for (int cut : new int[] {whole.length / 3, whole.length / 2, whole.length - 1}) {
            RunFolder.open(folder.resolve("cut"), FINGERPRINT, true).close();
            Files.write(folder.resolve("cut/images.csv"), Arrays.copyOf(whole, cut));
            assertThat(run("cut", plan)).isEqualTo(rows);
            assertThat(csv("cut")).isEqualTo(whole);
        }
        requests.set(0);
        run("whole", plan);
        assertThat(requests).hasValue(0);
    }

    @Test
    void aRoundThatAddsNothingHasNoBytes() throws Exception {
        ImageResult.Evaluated row = (ImageResult.Evaluated)
                run("a", plan(List.of(ROUNDS), "raw", false)).getFirst();
        ServerResult second = row.serverResults().get(1);
        assertThat(second.upBytes()).isZero();
        assertThat(second.downBytes()).isZero();
        assertThat(second.top()).isEqualTo(row.serverResults().getFirst().top());
    }

    @Test
    void onePlannedRoundIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(List.of("rounds:top:3"), "raw", false))
                .withMessage("mean/rounds:top:3/raw has one round, expected at least two");
    }
}
