package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.channel.ByteCountingChannel;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.channel.RequestHandler;
import glimpse.collab.channel.Traffic;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Capture;
import glimpse.engine.ClassProbability;
import glimpse.engine.Output;
import glimpse.engine.Prediction;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeNodeTest {
    private static final RgbImage IMAGE = TestImages.random(8, 30, 22);

    @TempDir
    Path folder;

    private final List<byte[]> sent = new ArrayList<>();
    private Workers workers;
    private Classifier model;
    private Classifier serverModel;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(1);
        model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        serverModel = TinyModel.load(folder, TinyModel.RGB, 2, workers);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void aConfidentEdgeSendsNothing() throws IOException {
        CollaborativeResult result = edge("mean", "all", "never").classify(IMAGE, "a");
        assertThat(sent).isEmpty();
        assertThat(result).isInstanceOf(CollaborativeResult.Confident.class);
        assertThat(result.top()).isEqualTo(result.edge().top(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"top:3", "sum:0.5", "sum:0", "threshold:0.08", "random:5:1", "all"})
    void anEdgeThatIsNotConfidentSendsThePatchesThatItsAttentionSelects(String selection) throws IOException {
        CollaborativeResult result = edge("mean", selection, "always").classify(IMAGE, "a");
        PixelPatches patches = model.patches(IMAGE);
        Output output = model.transformer()
                .newSession()
                .forward(model.preprocessing().normalise(patches), Capture.readoutRow());
        float[] scores = AttentionScore.mean().score(output.attention(0));
        int[] selected = PatchSelection.parse(selection).select(scores, "a").positions();
        PatchRequest request = (PatchRequest) Message.parse(sent.getFirst());
        assertThat(request.decodePatches().positions()).isEqualTo(selected);
        assertThat(request.decodePatches().pixels())
                .isEqualTo(patches.select(selected).pixels());
        assertThat(result.edge().top(3))
                .isEqualTo(Prediction.softmax(output.logits(0)).top(3));
    }

    @Test
    void theServersPredictionStandsIfTheImageIsOffloaded() throws IOException {
        ByteCountingChannel channel = new ByteCountingChannel(new InProcessChannel(new ServerNode(serverModel)));
        EdgeNode edge =
                new EdgeNode(model, step(AttentionScore.mean(), PatchSelection.top(4), OffloadGate.always()), channel);
        CollaborativeResult.Offloaded result = (CollaborativeResult.Offloaded) edge.classify(IMAGE, "a");
        assertThat(result.top()).isEqualTo(result.server().top());
        // 15 bytes, a bitmap of 2, 4 patches of 48
        assertThat(result.upBytes()).isEqualTo(15 + 2 + 4 * 48);
        assertThat(result.downBytes()).isEqualTo(9 + 3 * 8);
        assertThat(channel.traffic()).isEqualTo(new Traffic(1, 1, 209, 33));
    }

    @Test
    void rolloutUsesTheAttentionOfAllLayers() throws IOException {
        edge("rollout", "top:4", "always").classify(IMAGE, "a");
        Output output = model.transformer()
                .newSession()
                .forward(model.preprocessing().normalise(model.patches(IMAGE)), Capture.allLayers());
        float[] scores = AttentionScore.rollout().score(output.attention(0));
        assertThat(((PatchRequest) Message.parse(sent.getFirst()))
                        .decodePatches()
                        .positions())
                .isEqualTo(PatchSelection.top(4).select(scores, "a").positions());
    }

    @Test
    void anErrorReplyIsThrown() {
        EdgeNode edge = edge(requests -> List.of(new ErrorReply(0, ErrorReply.Reason.FAILED, "no room").encode()));
        assertThatThrownBy(() -> edge.classify(IMAGE, "a"))
                .isInstanceOf(ServerReply.ServerErrorException.class)
                .hasMessage("the server replied: no room");
    }

    @Test
    void aReplyToAnotherRequestIsRejected() {
        EdgeNode edge = edge(requests -> List.of(new PredictionReply(5, List.of(new ClassProbability(0, 1))).encode()));
        assertThatThrownBy(() -> edge.classify(IMAGE, "a")).hasMessage("the reply is to request 5, expected 0");
        EdgeNode echo = edge(requests -> requests);
        assertThatThrownBy(() -> echo.classify(IMAGE, "a")).hasMessage("a request came where a reply was expected");
    }

    @Test
    void aSecondThreadIsRejectedWhileAnImageIsClassified() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ServerNode server = new ServerNode(serverModel);
        EdgeNode edge = edge(requests -> {
            asked.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return server.handle(requests);
        });
        FutureTask<CollaborativeResult> first = new FutureTask<>(() -> edge.classify(IMAGE, "a"));
        Thread.ofPlatform().start(first);
        asked.await();
        assertThatThrownBy(() -> edge.classify(IMAGE, "a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("another thread is using this EdgeNode; make one for each thread");
        release.countDown();
        assertThat(first.get()).isInstanceOf(CollaborativeResult.Offloaded.class);
        assertThat(edge.classify(IMAGE, "a")).isInstanceOf(CollaborativeResult.Offloaded.class);
    }

    @Test
    void aLayerThatTheModelLacksIsRejectedAtOnce() {
        assertThatThrownBy(() -> edge("rollout-heads-first:2-4", "all", "always"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs layer 4, but the model has 3");
    }

    private EdgeNode edge(RequestHandler handler) {
        return new EdgeNode(
                model,
                step(AttentionScore.mean(), PatchSelection.all(), OffloadGate.always()),
                new InProcessChannel(handler));
    }

    private static EdgeStep step(AttentionScore score, PatchSelection selection, OffloadGate gate) {
        return new EdgeStep(gate, new SelectionPolicy(score, selection), PayloadCodec.raw());
    }

    private EdgeNode edge(String score, String selection, String gate) {
        ServerNode server = new ServerNode(serverModel);
        RequestHandler recording = requests -> {
            sent.addAll(requests);
            return server.handle(requests);
        };
        return new EdgeNode(
                model,
                step(AttentionScore.parse(score), PatchSelection.parse(selection), OffloadGate.parseOne(gate)),
                new InProcessChannel(recording));
    }
}
