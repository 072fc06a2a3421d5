package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.packet.PacketSplit;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.CollaborativeResult.Offloaded;
import glimpse.collab.node.EdgeNode;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.ClassLabels;
import glimpse.engine.ClassProbability;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.EncodedFiles;
import glimpse.evaluation.data.EncodedImages;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Delivery;
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
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads with a budget of bytes, and uploads of which packets are lost. */
class ErasedEvaluationTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int IMAGES = 12;
    private static final Fingerprint FINGERPRINT = new Fingerprint(new TreeMap<>(Map.of("test", "1")));

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
        edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        server = TinyModel.load(folder, TinyModel.RGB, 2, workers);
        Path pictures = TestImages.folder(folder.resolve("pictures"), LABELS, IMAGES);
        images = ImageFolder.ofClassFolders(pictures, ClassIndex.of(ClassLabels.ofLines(LABELS), 3));
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    private static EvaluationPlan plan(String selection, String codec, List<String> files, String... erasures) {
        return EvaluationPlan.of(
                        List.of(policy(selection)),
                        List.of(PayloadCodec.parse(codec)),
                        files.stream().<FileFormat>map(FileFormat::parse).toList(),
                        false)
                .with(Stream.of(erasures).map(Erasure::parse).toList());
    }

    private static SelectionPolicy policy(String selection) {
        return new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(selection));
    }

    private List<ImageResult.Evaluated> run(String name, EvaluationPlan plan) throws Exception {
        try (RunFolder run = RunFolder.open(folder.resolve(name), FINGERPRINT, false)) {
            return new Evaluation(edge, CountedRequests.to(server, requests), plan, 4)
                    .run(images, run, new Silent()).stream()
                            .map(ImageResult.Evaluated.class::cast)
                            .toList();
        }
    }

    private byte[] csv(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve("images.csv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes:330+diverse:0.6 raw",
                "bytes:90+diverse:0.6 glimpse:50",
                "rounds:bytes:250,bytes:600 deflate"
            })
    void aBudgetOfBytesSelectsWhatAnEdgeSelects(String upload) throws Exception {
        String selection = upload.substring(0, upload.indexOf(' '));
        PayloadCodec codec = PayloadCodec.parse(upload.substring(upload.indexOf(' ') + 1));
        EvaluationPlan plan = plan(selection, codec.spec(), List.of());
        EdgeNode node = new EdgeNode(
                edge,
                new EdgeStep(OffloadGate.always(), policy(selection), codec),
                new InProcessChannel(new ServerNode(server)));
        for (ImageResult.Evaluated row : run("bytes", plan)) {
            Offloaded device = (Offloaded) node.classify(images.read(row.index()), row.name());
            ServerResult result = row.serverResults().getLast();
            assertThat(result.kept())
                    .isBetween(1, 15)
                    .isEqualTo(device.selected().count());
            assertThat(row.serverResults().stream()
                            .mapToInt(ServerResult::upBytes)
                            .sum())
                    .isEqualTo(device.upBytes());
            assertThat(result.top())
                    .isEqualTo(
                            device.top().stream().map(ClassProbability::index).toList());
        }
    }

    /** Lossless packets that all arrive hold what one message holds. */
    @Test
    void whereNothingIsLostTheServerSeesAll() throws Exception {
        for (ImageResult.Evaluated row :
                run("none", plan("top:9", "deflate", List.of("jpeg:50"), "loss:0:255", "loss:0:1460"))) {
            List<ServerResult> results = row.serverResults(); // patches, file, then each with both erasures
            for (int erased : new int[] {2, 3, 4, 5}) {
                ServerResult complete = results.get(erased < 4 ? 0 : 1);
                ServerResult result = results.get(erased);
                assertThat(result.top()).isEqualTo(complete.top());
                assertThat(result.minEntropyBits()).isEqualTo(complete.minEntropyBits());
                Delivery delivery = result.delivery().orElseThrow();
                assertThat(delivery.lostPackets()).isZero();
                assertThat(delivery.received()).isEqualTo(result.kept());
                assertThat(result.upBytes()).isGreaterThan(complete.upBytes());
            }
        }
        assertThat(requests).hasValue(2 * IMAGES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "glimpse:50"})
    void theServerSeesThePatchesOfThePacketsThatArriveAndAllPacketsCount(String codec) throws Exception {
        Erasure erasure = Erasure.parse("loss:0.4:255");
        EvaluationPlan plan = plan("top:9+diverse:0.6", codec, List.of(), erasure.spec());
        int unanswered = 0;
        for (ImageResult.Evaluated row : run("some", plan)) {
            PixelPatches image = edge.patches(images.read(row.index()));
            int[] order = order(image, row.name());
            List<byte[]> packets = PacketSplit.of(erasure.payloadBytes())
                    .packets(row.index(), 4, image, order, PayloadCodec.parse(codec));
            boolean[] lost = erasure.lost(row.name(), packets.size());
            int arrived = 0;
            int received = 0;
            int bytes = 0;
            for (int i = 0; i < lost.length; i++) {
                bytes += 28 + packets.get(i).length;
                arrived += lost[i] ? 0 : 1;
                received += lost[i] ? 0 : Math.ceilDiv(order.length - i, lost.length);
            }
            ServerResult result = row.serverResults().get(1);
            assertThat(result.delivery()).contains(new Delivery(lost.length, lost.length - arrived, received));
            assertThat(result.kept()).isEqualTo(9);
            assertThat(result.upBytes()).isEqualTo(bytes);
            if (arrived == 0) {
                unanswered++;
                assertThat(result.downBytes()).isZero();
                assertThat(result.top()).isEqualTo(row.edgeTop());
                assertThat(result.minEntropyBits()).isEqualTo(row.confidence().minEntropyBits());
            } else {
                assertThat(result.downBytes()).isPositive();
            }
        }
        assertThat(unanswered).isLessThan(IMAGES);
    }

    private int[] order(PixelPatches image, String name) {
        EdgeStep step = new EdgeStep(OffloadGate.always(), policy("top:9+diverse:0.6"), PayloadCodec.raw());
        EdgeRunner runner = EdgeRunner.of(edge, List.of(step.policy()));
        return step.select(runner.classify(List.of(image)).getFirst(), 4, image, name)
                .order();
    }

    @Test
    void ofAFileTheServerSeesWhatComesBeforeTheFirstLostPacket() throws Exception {
        EvaluationPlan plan = plan("top:1", "raw", List.of("jpeg:90", "png"), "loss:0.5:100");
        for (ImageResult.Evaluated row : run("files", plan)) {
            for (int file = 1; file <= 2; file++) {
                Upload.Erased upload = (Upload.Erased) plan.allUploads().get(3 + file);
                ServerResult complete = row.serverResults().get(file);
                ServerResult result = row.serverResults().get(3 + file);
                int packets = Math.ceilDiv(complete.upBytes(), 100 - 28 - 10);
                boolean[] lost = upload.erasure().lost(row.name(), packets);
                assertThat(result.upBytes()).isEqualTo(complete.upBytes() + packets * 38);
                assertThat(result.delivery().orElseThrow().packets()).isEqualTo(packets);
                if (lost[0]) {
                    assertThat(result.top()).isEqualTo(row.edgeTop());
                    assertThat(result.downBytes()).isZero();
                    assertThat(result.delivery().orElseThrow().received()).isZero();
                }
            }
        }
    }

    /** Files that another encoder made are received like those that are written here. */
    @Test
    void ofAFileByAnotherEncoderTheServerSeesTheSame() throws Exception {
        Path encoded = folder.resolve("encoded");
        for (int i = 0; i < IMAGES; i++) {
            String name = images.name(i).substring(0, images.name(i).lastIndexOf('.'));
            TestImages.write(encoded.resolve(name + ".jpg"), 5L * i + 4); // these are squares
        }
        images = new EncodedImages(images, Map.of("camera", EncodedFiles.of(encoded, images)));
        Upload file = Upload.parse("file/encoded:camera");
        Erasure erasure = Erasure.parse("loss:0.2:255");
        EvaluationPlan plan = new EvaluationPlan(List.of(file), false, List.of(erasure));
        int cutShort = 0;
        for (ImageResult.Evaluated row : run("encoded", plan)) {
            ServerResult result = row.serverResults().get(1);
            int length = (int) images.encoded("camera", row.index()).fileBytes().orElseThrow();
            boolean[] lost = erasure.lost(row.name(), Math.ceilDiv(length, 255 - 28 - 10));
            int first = 0;
            while (first < lost.length && !lost[first]) {
                first++;
            }
            boolean answered = images.encodedBeginning("camera", row.index(), Math.min(length, first * 217))
                    .isPresent();
            assertThat(result.downBytes() > 0).isEqualTo(answered);
            assertThat(result.delivery().orElseThrow().received()).isEqualTo(answered ? 16 : 0);
            cutShort += answered && first < lost.length ? 1 : 0;
        }
        assertThat(cutShort).isPositive();
    }

    @Test
    void aRunThatWasCutOffEndsWithTheSameBytesAndAnErasureIsAdded() throws Exception {
        EvaluationPlan plan = plan("top:7", "glimpse:50", List.of("jpeg:50"), "loss:0.3:255", "loss:0.3:255:3");
        run("whole", plan);
        byte[] whole = csv("whole");
        for (int cut : new int[] {whole.length / 3, whole.length - 1}) {
            RunFolder.open(folder.resolve("cut"), FINGERPRINT, true).close();
            Files.write(folder.resolve("cut/images.csv"), Arrays.copyOf(whole, cut));
            run("cut", plan);
            assertThat(csv("cut")).isEqualTo(whole);
        }
        requests.set(0);
        run("whole", plan);
        assertThat(requests).hasValue(0);
        run("more", plan("top:7", "glimpse:50", List.of("jpeg:50"), "loss:0.3:255"));
        run("more", plan);
        assertThat(csv("more")).isEqualTo(whole);
    }
}
