package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.channel.ByteCountingChannel;
import glimpse.collab.channel.Channel;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.CollaborativeResult;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.ClassLabels;
import glimpse.engine.ClassProbability;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.metrics.ResultAggregator;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.rows.ServerResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int IMAGES = 11;
    private static final String CORRUPT = "bee/image104.png";
    private static final Fingerprint FINGERPRINT = new Fingerprint(new TreeMap<>(Map.of("test", "1")));
    private static final EvaluationPlan PLAN = EvaluationPlan.of(
            List.of(
                    policy("mean", "sum:0.8"),
                    policy("rollout", "top:5"),
                    policy("mean", "random:5:3"),
                    policy("mean", "sum:0")),
            List.of(PayloadCodec.raw()),
            List.of(),
            true);

    @TempDir
    Path folder;

    private Workers workers;
    private Classifier edge;
    private Classifier server;
    private Dataset images;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(2);
        edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        server = TinyModel.load(folder, TinyModel.RGB, 2, workers);
        Path pictures = TestImages.folder(folder.resolve("pictures"), LABELS, IMAGES);
        byte[] png = Files.readAllBytes(pictures.resolve(CORRUPT));
        Files.write(pictures.resolve(CORRUPT), Arrays.copyOf(png, png.length / 2));
        images = ImageFolder.ofClassFolders(pictures, ClassIndex.of(ClassLabels.ofLines(LABELS), 3));
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void everyRowIsWhatEdgeAndServerSayOfTheImageAlone() throws Exception {
        List<ImageResult> rows = run("a", 4, Listening.NOT);
        assertThat(rows).hasSize(IMAGES);
        for (ImageResult row : rows) {
            assertThat(row.name()).isEqualTo(images.name(row.index()));
            assertThat(row.label()).isEqualTo(images.label(row.index()));
            if (row instanceof ImageResult.Evaluated evaluated) {
                for (int i = 0; i < PLAN.allUploads().size(); i++) {
                    CollaborativeResult.Offloaded alone =
                            alone(((Upload.Patches) PLAN.allUploads().get(i)).policy(), row.index());
                    ServerResult got = evaluated.serverResults().get(i);
                    assertThat(got.kept()).isEqualTo(alone.selected().count());
                    assertThat(got.lowestScore())
                            .isEqualTo(Float.valueOf(alone.selected().lowestScore()));
                    assertThat(got.sumOfScores()).isEqualTo(alone.selected().sumOfScores());
                    assertThat(got.upBytes()).isEqualTo(alone.upBytes());
                    assertThat(got.downBytes()).isEqualTo(alone.downBytes());
                    assertThat(got.top()).isEqualTo(classes(alone.server().top()));
                    assertThat(evaluated.edgeTop())
                            .isEqualTo(classes(alone.edge().top(PredictionReply.TOP_CLASSES)));
                    assertThat(evaluated.confidence()).isEqualTo(Confidence.of(alone.edge()));
                }
            }
        }
    }

    @Test
    void aCorruptImageIsReportedAndTheRunGoesOn() throws Exception {
        List<ImageResult> rows = run("a", 4, Listening.NOT);
        assertThat(rows.stream().filter(ImageResult.Failed.class::isInstance))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.name()).isEqualTo(CORRUPT);
                    // without the path, so that rows don't depend on where the images are
                    assertThat(((ImageResult.Failed) row).reason()).isNotBlank().doesNotContain(folder.toString());
                });
        ResultTable table = new ResultAggregator(rows, PLAN, 16, 768).table(List.of(new OffloadGate.Always()));
        assertThat(table.images()).isEqualTo(IMAGES - 1);
        assertThat(table.failed()).isEqualTo(1);
    }

    @Test
    void batchesMakeNoDifference() throws Exception {
        run("one", 1, Listening.NOT);
        run("three", 3, Listening.NOT);
        run("all", 100, Listening.NOT);
        assertThat(csv("three")).isEqualTo(csv("one"));
        assertThat(csv("all")).isEqualTo(csv("one"));
    }

    @Test
    void theListenerHearsOfEveryImageOnce() throws Exception {
        Listening listening = new Listening(Integer.MAX_VALUE);
        run("a", 4, listening);
        assertThat(listening.heard).isEqualTo(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        assertThat(listening.before).isZero();
        Listening again = new Listening(Integer.MAX_VALUE);
        run("a", 4, again);
        assertThat(again.heard).isEqualTo(List.of(5)); // the corrupt image, which may have been repaired
        assertThat(again.before).isEqualTo(IMAGES - 1);
    }

    @Test
    void theServerRunsOnceForEachDifferentSetOfPatches() throws Exception {
        // top:16 of 16 patches, all patches, the whole image and a lossless file have the same content
        EvaluationPlan plan = EvaluationPlan.of(
                List.of(policy("mean", "top:16"), policy("mean", "all"), policy("rollout", "all")),
                List.of(PayloadCodec.raw()),
                List.of(FileFormat.parse("png")),
                true);
        AtomicInteger requests = new AtomicInteger();
        Channel channel = CountedRequests.to(server, requests);
        try (RunFolder run = RunFolder.open(folder.resolve("once"), FINGERPRINT, false)) {
            new Evaluation(edge, channel, plan, 4).run(images, run, Listening.NOT);
        }
        assertThat(requests).hasValue(IMAGES - 1);
    }

    @Test
    void bytesInTheRowsAreTheBytesOnTheChannel() throws Exception {
        EvaluationPlan plan =
                EvaluationPlan.of(List.of(policy("mean", "sum:0.8")), List.of(PayloadCodec.raw()), List.of(), false);
        try (ByteCountingChannel channel = new ByteCountingChannel(new InProcessChannel(new ServerNode(server)));
                RunFolder run = RunFolder.open(folder.resolve("bytes"), FINGERPRINT, false)) {
            long up = 0;
            long down = 0;
            for (ImageResult row : new Evaluation(edge, channel, plan, 4).run(images, run, Listening.NOT)) {
                if (row instanceof ImageResult.Evaluated evaluated) {
                    up += evaluated.serverResults().getFirst().upBytes();
                    down += evaluated.serverResults().getFirst().downBytes();
                }
            }
            assertThat(channel.traffic().upBytes()).isEqualTo(up);
            assertThat(channel.traffic().downBytes()).isEqualTo(down);
        }
    }

    /** Cuts the file anywhere, even in the middle of a line or the header, as a killed process may leave it. */
    @Test
    void aRunThatWasCutOffAnywhereEndsWithTheSameBytes() throws Exception {
        run("whole", 3, Listening.NOT);
        byte[] whole = csv("whole");
        Random random = new Random(4);
        List<Integer> cuts = new ArrayList<>(List.of(0, 1, whole.length - 1, whole.length));
        for (int i = 0; i < 20; i++) {
            cuts.add(random.nextInt(whole.length));
        }
        for (int cut : cuts) {
            RunFolder.open(folder.resolve("cut"), FINGERPRINT, true).close();
            Files.write(folder.resolve("cut/images.csv"), Arrays.copyOf(whole, cut));
            run("cut", 3, Listening.NOT);
            assertThat(csv("cut")).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Test
    void zeroedBytesAfterAPowerLossAreCutOff() throws Exception {
        run("whole", 3, Listening.NOT);
        byte[] whole = csv("whole");
        byte[] torn = whole.clone();
        Arrays.fill(torn, whole.length / 2, whole.length, (byte) 0);
        RunFolder.open(folder.resolve("torn"), FINGERPRINT, true).close();
        Files.write(folder.resolve("torn/images.csv"), torn);
        run("torn", 3, Listening.NOT);
        assertThat(csv("torn")).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10})
    void aRunThatStopsInTheMiddleKeepsItsRows(int images) throws Exception {
        run("whole", 2, Listening.NOT);
        assertThatThrownBy(() -> run("stopped", 2, new Listening(images))).hasMessage("stop");
        byte[] half = csv("stopped");
        assertThat(half).isEqualTo(Arrays.copyOf(csv("whole"), half.length));
        assertThat(run("stopped", 2, Listening.NOT)).hasSize(IMAGES);
        assertThat(csv("stopped")).isEqualTo(csv("whole"));
    }

    @Test
    void anErrorReplyMakesAFailedRow() throws Exception {
        Path broken = TinyModel.writeBroken(folder.resolve("broken"), TinyModel.RGB);
        try (RunFolder run = RunFolder.open(folder.resolve("refused"), FINGERPRINT, false)) {
            Channel channel = new InProcessChannel(new ServerNode(Classifier.load(broken, workers)));
            assertThat(new Evaluation(edge, channel, PLAN, 4).run(images, run, Listening.NOT))
                    .allSatisfy(row -> assertThat(row).isInstanceOf(ImageResult.Failed.class))
                    .filteredOn(row -> !row.name().equals(CORRUPT))
                    .allSatisfy(row -> assertThat(((ImageResult.Failed) row).reason())
                            .isEqualTo("the server replied: the model's output isn't a number"));
        }
    }

    @Test
    void aBrokenChannelEndsTheRun() throws Exception {
        Channel gone = new Channel() {
            @Override
            public byte[] exchange(byte[] request) throws IOException {
                throw new IOException("the server closed the connection");
            }

            @Override
            public void close() {}
        };
        try (RunFolder run = RunFolder.open(folder.resolve("gone"), FINGERPRINT, false)) {
            assertThatThrownBy(() -> new Evaluation(edge, gone, PLAN, 4).run(images, run, Listening.NOT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the server closed the connection");
        }
    }

    private List<ImageResult> run(String name, int batchSize, EvaluationListener listener) throws Exception {
        try (RunFolder run = RunFolder.open(folder.resolve(name), FINGERPRINT, false)) {
            Channel channel = new InProcessChannel(new ServerNode(server));
            return new Evaluation(edge, channel, PLAN, batchSize).run(images, run, listener);
        }
    }

    private byte[] csv(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("images.csv"));
    }

    private CollaborativeResult.Offloaded alone(SelectionPolicy policy, int index) throws IOException {
        EdgeNode node = new EdgeNode(
                edge,
                new EdgeStep(new OffloadGate.Always(), policy, PayloadCodec.raw()),
                new InProcessChannel(new ServerNode(server)));
        return (CollaborativeResult.Offloaded) node.classify(images.read(index), images.name(index));
    }

    private static List<Integer> classes(List<ClassProbability> top) {
        return top.stream().map(ClassProbability::index).toList();
    }

    private static SelectionPolicy policy(String score, String selection) {
        return new SelectionPolicy(AttentionScore.parse(score), PatchSelection.parse(selection));
    }

    /** Records the calls, and stops the run after a number of images. */
    private static final class Listening implements EvaluationListener {
        static final EvaluationListener NOT = new Listening(Integer.MAX_VALUE);

        private final List<Integer> heard = new ArrayList<>();
        private final int stopAfter;
        private int before = -1;

        Listening(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void started(int done, int total) {
            before = done;
        }

        @Override
        public void imageFinished(ImageResult row) {
            heard.add(row.index());
            if (heard.size() == stopAfter) {
                throw new IllegalStateException("stop");
            }
        }
    }
}
