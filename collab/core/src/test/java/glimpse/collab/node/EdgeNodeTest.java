package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.channel.ByteCountingChannel;
import glimpse.collab.channel.Channel;
import glimpse.collab.channel.ChannelException;
import glimpse.collab.channel.FailureReason;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void anEdgeWhoseOutputIsNotANumberNamesTheImage() throws IOException {
        model = Classifier.load(TinyModel.writeBroken(folder.resolve("broken"), TinyModel.RGB), workers);

        assertThatThrownBy(() -> edge("mean", "all", "always").classify(IMAGE, "cat.jpg"))
                .isInstanceOf(IOException.class)
                .hasMessage("the edge's output for cat.jpg isn't a number");
        assertThat(sent).isEmpty();
    }

    @Test
    void warmingUpSendsNothingAndChangesNoAnswer() throws IOException {
        CollaborativeResult cold = edge("mean", "top:3", "always").classify(IMAGE, "a");
        sent.clear();
        EdgeNode edge = edge("mean", "top:3", "always");
        edge.warmUp();
        assertThat(sent).isEmpty();
        CollaborativeResult warm = edge.classify(IMAGE, "a");
        assertThat(warm.top()).isEqualTo(cold.top());
        assertThat(sent).hasSize(1);
    }

    @Test
    void anEdgeWhoseOutputIsNotANumberWarmsUpAllTheSame() throws IOException {
        model = Classifier.load(TinyModel.writeBroken(folder.resolve("broken"), TinyModel.RGB), workers);
        edge("mean", "all", "always").warmUp();
        assertThat(sent).isEmpty();
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

    @ParameterizedTest
    @CsvSource({
        "MALFORMED, REQUEST_REJECTED",
        "MODEL_MISMATCH, WRONG_MODEL",
        "FAILED, SERVER_FAILED",
        "UPLOAD_GONE, UPLOAD_GONE"
    })
    void theEdgesPredictionStandsIfTheServerRepliesWithAnError(ErrorReply.Reason error, FailureReason reason)
            throws IOException {
        assertFallsBack(
                edge(requests -> List.of(new ErrorReply(0, error, "no room").encode())),
                reason,
                "the server replied: no room");
    }

    @Test
    void theEdgesPredictionStandsIfTheReplyIsNotToItsRequest() throws IOException {
        assertFallsBack(
                edge(requests -> List.of(new PredictionReply(5, List.of(new ClassProbability(0, 1))).encode())),
                FailureReason.PROTOCOL_ERROR,
                "the reply is to request 5, expected 0");
        assertFallsBack(
                edge(requests -> requests), FailureReason.PROTOCOL_ERROR, "a request came where a reply was expected");
        assertFallsBack(
                edge(requests -> List.of(new byte[3])),
                FailureReason.PROTOCOL_ERROR,
                "the header: expected 8 bytes from byte 0, but the message has 3");
    }

    @Test
    void theEdgesPredictionStandsWhateverTheChannelThrows() throws IOException {
        assertFallsBack(
                edge(failing(new ChannelException(FailureReason.OVERLOADED, "busy"))),
                FailureReason.OVERLOADED,
                "busy");
        assertFallsBack(edge(failing(new IOException("lost"))), FailureReason.CHANNEL_FAILED, "lost");
        assertFallsBack(edge(failing(new IllegalStateException("odd"))), FailureReason.CHANNEL_FAILED, "odd");
    }

    @Test
    void theChannelMayTakeWhatTheEdgesOwnWorkLeavesOfTheDeadline() throws IOException {
        List<Duration> limits = new ArrayList<>();
        EdgeNode edge = new EdgeNode(
                model,
                step(AttentionScore.mean(), PatchSelection.top(4), OffloadGate.always()),
                limited(limits),
                Optional.of(Duration.ofMillis(100)),
                ticking(Duration.ofMillis(30)));
        CollaborativeResult result = edge.classify(IMAGE, "a");
        assertThat(result).isInstanceOf(CollaborativeResult.Offloaded.class);
        assertThat(limits).containsExactly(Duration.ofMillis(100 - 2 * 30));
        Duration tick = Duration.ofMillis(30);
        assertThat(result.times()).isEqualTo(new StageTimes(tick, tick, tick));
    }

    @Test
    void nothingIsSentAfterTheDeadline() throws IOException {
        List<Duration> limits = new ArrayList<>();
        EdgeNode edge = new EdgeNode(
                model,
                step(AttentionScore.mean(), PatchSelection.top(4), OffloadGate.always()),
                limited(limits),
                Optional.of(Duration.ofMillis(60)),
                ticking(Duration.ofMillis(30)));
        assertFallsBack(edge, FailureReason.TIMEOUT, "not sent: the deadline of 60 ms had passed");
        assertThat(limits).isEmpty();
    }

    @Test
    void aDeadlineIsAboveZero() {
        assertThatThrownBy(() -> new EdgeNode(
                        model,
                        step(AttentionScore.mean(), PatchSelection.all(), OffloadGate.always()),
                        failing(new IOException("unused")),
                        Duration.ZERO))
                .hasMessage("the deadline is PT0S, expected a time above 0");
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

    private void assertFallsBack(EdgeNode edge, FailureReason reason, String detail) throws IOException {
        CollaborativeResult.Fallback result = (CollaborativeResult.Fallback) edge.classify(IMAGE, "a");
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.detail()).isEqualTo(detail);
        assertThat(result.top()).isEqualTo(alone().top(5));
        assertThat(result.selected().positions()).isNotEmpty();
    }

    private Prediction alone() {
        return new EdgeRunner(model, Set.of())
                .classify(List.of(model.patches(IMAGE)))
                .getFirst()
                .prediction();
    }

    private static Channel failing(Exception failure) {
        return new Channel() {
            @Override
            public byte[] exchange(byte[] request) throws IOException {
                switch (failure) {
                    case IOException e -> throw e;
                    case RuntimeException e -> throw e;
                    default -> throw new AssertionError(failure);
                }
            }

            @Override
            public void close() {}
        };
    }

    /** Returns a channel to the server that records the limits it is given. */
    private Channel limited(List<Duration> limits) {
        ServerNode server = new ServerNode(serverModel);
        return new Channel() {
            @Override
            public byte[] exchange(byte[] request) throws IOException {
                throw new IOException("expected a limit");
            }

            @Override
            public byte[] exchange(byte[] request, Duration limit) {
                limits.add(limit);
                return server.handle(List.of(request)).getFirst();
            }

            @Override
            public void close() {}
        };
    }

    /** Returns a clock that moves on with each look. */
    private static LongSupplier ticking(Duration tick) {
        AtomicLong now = new AtomicLong();
        return () -> now.addAndGet(tick.toNanos());
    }

    private EdgeNode edge(RequestHandler handler) {
        return edge(new InProcessChannel(handler));
    }

    private EdgeNode edge(Channel channel) {
        return new EdgeNode(model, step(AttentionScore.mean(), PatchSelection.all(), OffloadGate.always()), channel);
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
