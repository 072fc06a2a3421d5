package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.channel.RequestHandler;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import glimpse.engine.ClassLabels;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.AlteredImages;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One edge with several servers, in one pass over the images. */
class SeveralServersTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int IMAGES = 7;
    private static final EvaluationPlan PLAN = new EvaluationPlan(
            Stream.of(
                            "mean/top:3/raw",
                            "mean/top:5+diverse:0.6/deflate",
                            "mean/rounds:top:2,top:6/glimpse:50",
                            "file/jpeg:60",
                            "file/scans:50")
                    .map(Upload::parse)
                    .toList(),
            true,
            List.of(Erasure.parse("loss:0.5:255")));

    @TempDir
    Path folder;

    private final AtomicInteger reads = new AtomicInteger();
    private Workers workers;
    private Classifier edge;
    private Classifier one;
    private Classifier two;
    private Dataset images;

    /** What each server was sent. */
    private final Map<Classifier, List<byte[]>> sent = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(2);
        edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        one = TinyModel.load(folder, TinyModel.RGB, 2, workers);
        two = TinyModel.load(folder, TinyModel.RGB, 3, workers);
        Path pictures = TestImages.folder(folder.resolve("pictures"), LABELS, IMAGES);
        images = AlteredImages.counting(
                ImageFolder.ofClassFolders(pictures, ClassIndex.of(ClassLabels.ofLines(LABELS), 3)), reads);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void theRowsOfEachAreThoseThatItHasAlone() throws Exception {
        assertThat(run(List.of(one, two), "one", "two"))
                .allSatisfy(result ->
                        assertThat(result.rows()).hasSize(IMAGES).hasOnlyElementsOfType(ImageResult.Evaluated.class));
        assertThat(reads).hasValue(IMAGES);
        run(List.of(one), "alone-one");
        run(List.of(two), "alone-two");
        assertThat(csv("one")).isEqualTo(csv("alone-one"));
        assertThat(csv("two")).isEqualTo(csv("alone-two")).isNotEqualTo(csv("one"));
    }

    @Test
    void requestsAreEncodedOnce() throws Exception {
        run(List.of(one, two), "one", "two");
        List<byte[]> first = Objects.requireNonNull(sent.get(one));
        List<byte[]> second = Objects.requireNonNull(sent.get(two));
        assertThat(first).isNotEmpty().hasSameSizeAs(second);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i)).isSameAs(first.get(i));
        }
    }

    @Test
    void rowsThatAreCutOffAnywhereEndAsTheSameBytes() throws Exception {
        run(List.of(one, two), "one", "two");
        byte[] first = csv("one").getBytes(StandardCharsets.UTF_8);
        byte[] second = csv("two").getBytes(StandardCharsets.UTF_8);
        for (int part = 0; part < 6; part++) {
            Files.write(folder.resolve("one/images.csv"), Arrays.copyOf(first, first.length * part / 6));
            Files.write(folder.resolve("two/images.csv"), Arrays.copyOf(second, second.length * (5 - part) / 6));
            run(List.of(one, two), "one", "two");
            assertThat(folder.resolve("one/images.csv")).hasBinaryContent(first);
            assertThat(folder.resolve("two/images.csv")).hasBinaryContent(second);
        }
    }

    @Test
    void anImageThatTheEdgeCannotReadFailsForEach() throws Exception {
        images = AlteredImages.failing(images, 2);
        assertThat(run(List.of(one, two), "one", "two"))
                .allSatisfy(result -> assertThat(result.rows())
                        .extracting(row -> row instanceof ImageResult.Failed)
                        .containsExactly(false, false, true, false, false, false, false));
    }

    private List<RunResult> run(List<Classifier> servers, String... names) throws IOException, InterruptedException {
        List<Evaluation.Member> members = new ArrayList<>();
        List<RunFolder> folders = new ArrayList<>();
        try {
            for (int i = 0; i < names.length; i++) {
                Fingerprint fingerprint = new Fingerprint(new TreeMap<>(Map.of("test", names[i])));
                folders.add(RunFolder.open(folder.resolve(names[i]), fingerprint, false));
                InProcessChannel channel = new InProcessChannel(listening(servers.get(i)));
                members.add(new Evaluation.Member(new Evaluation(edge, channel, PLAN, 3), folders.getLast()));
            }
            return Evaluation.runAll(members, images, new Silent());
        } finally {
            for (RunFolder one : folders) {
                one.close();
            }
        }
    }

    private RequestHandler listening(Classifier server) {
        ServerNode node = new ServerNode(server);
        List<byte[]> requests = sent.computeIfAbsent(server, any -> new ArrayList<>());
        return some -> {
            requests.addAll(some);
            return node.handle(some);
        };
    }

    private String csv(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("images.csv"));
    }
}
