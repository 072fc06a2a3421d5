package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.channel.RequestHandler;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
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
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that don't reply to each request, and sources that don't give a row for each image: the run fails in words.
 */
class MissingRowsTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");
    private static final int IMAGES = 6;
    private static final EvaluationPlan PLAN = EvaluationPlan.of(
            List.of(new SelectionPolicy(AttentionScore.mean(), PatchSelection.top(4))),
            List.of(PayloadCodec.raw()),
            List.of(),
            false);

    @TempDir
    Path folder;

    private Workers workers;
    private Classifier edge;
    private ServerNode server;
    private Dataset images;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(1);
        edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        server = new ServerNode(TinyModel.load(folder, TinyModel.RGB, 2, workers));
        Path pictures = TestImages.folder(folder.resolve("pictures"), LABELS, IMAGES);
        images = ImageFolder.ofClassFolders(pictures, ClassIndex.of(ClassLabels.ofLines(LABELS), 3));
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    private RunFolder run(String name) throws IOException {
        return RunFolder.open(folder.resolve(name), new Fingerprint(new TreeMap<>(Map.of("test", "1"))), false);
    }

    private List<ImageResult> evaluate(RequestHandler handler) throws IOException, InterruptedException {
        try (RunFolder run = run("run")) {
            return new Evaluation(edge, new InProcessChannel(handler), PLAN, 4).run(images, run, new Silent());
        }
    }

    @Test
    void fewerRepliesThanRequestsEndTheRunAndFinishedRowsAreKept() throws Exception {
        List<Integer> batches = new ArrayList<>();
        assertThatThrownBy(() -> evaluate(requests -> {
                    batches.add(requests.size());
                    List<byte[]> replies = server.handle(requests);
                    return batches.size() == 1 ? replies : replies.subList(0, 1);
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the server sent 1 replies to 2 requests, expected one to each");
        assertThat(batches).containsExactly(4, 2);
        assertThat(evaluate(requests -> {
                    batches.add(requests.size());
                    return server.handle(requests);
                }))
                .hasSize(IMAGES);
        assertThat(batches).containsExactly(4, 2, 2);
    }

    @Test
    void moreRepliesThanRequestsEndTheRun() {
        assertThatThrownBy(() -> evaluate(requests -> {
                    List<byte[]> replies = new ArrayList<>(server.handle(requests));
                    replies.add(replies.getFirst());
                    return replies;
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("the server sent 5 replies to 4 requests, expected one to each");
    }

    @Test
    void aReplyToAnotherRequestEndsTheRun() {
        assertThatThrownBy(() -> evaluate(requests -> requests.stream()
                        .map(request -> new PredictionReply(
                                        Message.requestIdOf(request) + 1, List.of(new ClassProbability(0, 1)))
                                .encode())
                        .toList()))
                .isInstanceOf(IOException.class)
                .hasMessage("the reply is to request 1, expected 0");
    }

    @Test
    void repliesInAnotherOrderEndTheRun() {
        assertThatThrownBy(() -> evaluate(requests -> server.handle(requests).reversed()))
                .isInstanceOf(IOException.class)
                .hasMessage("the reply is to request 3, expected 0");
    }

    /** Gives these rows of those that a run computes. */
    private void assertRefused(List<Integer> given, String message) throws Exception {
        List<ImageResult> rows = evaluate(server);
        RowSource source =
                (indices, sink) -> sink.accept(given.stream().map(rows::get).toList());
        try (RunFolder run = run("elsewhere")) {
            assertThatThrownBy(() -> Evaluation.runElsewhere(edge, PLAN, images, run, source, new Silent()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("images.csv: ")
                    .hasMessageEndingWith(message);
        }
    }

    @Test
    void rowsThatEndEarlyAreNoResult() throws Exception {
        assertRefused(List.of(0, 1, 2, 3), "there is no row for image 5, although rows for all images were to come");
    }

    @Test
    void aRowThatIsLeftOutIsNoResult() throws Exception {
        assertRefused(List.of(0, 1, 3, 4, 5), "there is no row for image 3, although rows for all images were to come");
    }

    @Test
    void aRowThatComesTwiceIsNoResult() throws Exception {
        assertRefused(
                List.of(0, 1, 1, 2, 3, 4, 5),
                "the row of " + images.name(1) + " came twice or after that of a later image");
    }

    private static final class Silent implements EvaluationListener {
        @Override
        public void started(int done, int total) {}

        @Override
        public void imageFinished(ImageResult row) {}
    }
}
