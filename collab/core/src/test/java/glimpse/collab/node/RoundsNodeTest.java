package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import glimpse.collab.audit.Audit;
import glimpse.collab.channel.ByteCountingChannel;
import glimpse.collab.channel.Channel;
import glimpse.collab.channel.ChannelException;
import glimpse.collab.channel.FailureReason;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.channel.Traffic;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.UploadRound;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.node.CollaborativeResult.Fallback;
import glimpse.collab.node.CollaborativeResult.Offloaded;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads in rounds, from an edge to a server. */
class RoundsNodeTest {
    private static final RgbImage IMAGE = TestImages.random(8, 30, 22);
    private static final String ROUNDS = "rounds:top:3,top:7,all";
    private static final String NEVER_SURE = "min-entropy:0";
    private static final String ALWAYS_SURE = "min-entropy:64";
    private static final PartialUploads.Limits NOTHING = new PartialUploads.Limits(0, 0, Duration.ofSeconds(1));

    @TempDir
    Path folder;

    private final List<PatchRequest> sent = new ArrayList<>();
    private Workers workers;
    private Classifier model;
    private ServerNode server;
    private ServerNode forgetful;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(1);
        model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        Classifier serverModel = TinyModel.load(folder, TinyModel.RGB, 2, workers);
        server = new ServerNode(serverModel);
        forgetful = new ServerNode(serverModel, new PartialUploads(NOTHING, System::nanoTime));
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    /** Answers like a server, and records what comes. */
    private Channel to(ServerNode node) {
        return new InProcessChannel(requests -> {
            for (byte[] request : requests) {
                sent.add(parsed(request));
            }
            return node.handle(requests);
        });
    }

    private static PatchRequest parsed(byte[] request) {
        try {
            return (PatchRequest) Message.parse(request);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private CollaborativeResult classify(String selection, String until, Channel channel) throws IOException {
        SelectionPolicy policy = new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(selection));
        EdgeStep step = new EdgeStep(
                OffloadGate.always(), policy, PayloadCodec.raw(), Optional.of(StopRule.parseOne(until)), Audit.NONE);
        return new EdgeNode(model, step, channel).classify(IMAGE, "a");
    }

    private Offloaded once(String selection) throws IOException {
        SelectionPolicy policy = new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(selection));
        EdgeStep step = new EdgeStep(OffloadGate.always(), policy, PayloadCodec.raw());
        return (Offloaded) new EdgeNode(model, step, new InProcessChannel(server)).classify(IMAGE, "a");
    }

    @Test
    void onlyWhatIsNewCrosses() throws IOException {
        Offloaded result = (Offloaded) classify(ROUNDS, NEVER_SURE, to(server));
        assertThat(sent).extracting(PatchRequest::patches).containsExactly(3, 4, 9);
        assertThat(sent)
                .extracting(request -> request.round().orElseThrow())
                .extracting(UploadRound::earlierPatches, UploadRound::more)
                .containsExactly(tuple(0, true), tuple(3, true), tuple(7, false));
        assertThat(sent)
                .extracting(request -> request.round().orElseThrow().uploadId())
                .containsOnly(sent.getFirst().round().orElseThrow().uploadId());
        assertThat(result.exchanges()).isEqualTo(3);
        assertThat(result.cutShort()).isEmpty();
        assertThat(result.selected().count()).isEqualTo(16);
    }

    @Test
    void theAnswerIsThatToAllPatchesAtOnce() throws IOException {
        assertThat(classify(ROUNDS, NEVER_SURE, to(server)).top())
                .isEqualTo(once("all").top());
        assertThat(classify("rounds:top:3,top:7", NEVER_SURE, to(server)).top())
                .isEqualTo(once("top:7").top());
    }

    @Test
    void aSureAnswerEndsTheRounds() throws IOException {
        Offloaded result = (Offloaded) classify(ROUNDS, ALWAYS_SURE, to(server));
        assertThat(sent).hasSize(1);
        assertThat(result.top()).isEqualTo(once("top:3").top());
        assertThat(result.selected().count()).isEqualTo(3);
        assertThat(classify(ROUNDS, NEVER_SURE + "+" + ALWAYS_SURE, to(server)).top())
                .isEqualTo(once("top:7").top());
    }

    @Test
    void theBytesAreThoseOnTheChannel() throws IOException {
        ByteCountingChannel counting = new ByteCountingChannel(new InProcessChannel(server));
        Offloaded result = (Offloaded) classify(ROUNDS, NEVER_SURE, counting);
        // a header of 26 bytes, positions of 2, patches of 48
        assertThat(result.upBytes()).isEqualTo(3 * (26 + 2) + 16 * 48);
        assertThat(counting.traffic()).isEqualTo(new Traffic(3, 3, result.upBytes(), result.downBytes()));
    }

    @Test
    void aRoundThatAddsNothingIsNotSent() throws IOException {
        Offloaded result = (Offloaded) classify("rounds:top:3,top:3,top:2,top:5", NEVER_SURE, to(server));
        assertThat(sent).extracting(PatchRequest::patches).containsExactly(3, 2);
        assertThat(result.top()).isEqualTo(once("top:5").top());
    }

    @Test
    void allPatchesAreSentAgainIfTheServerNoLongerHasTheEarlierOnes() throws IOException {
        ByteCountingChannel counting = new ByteCountingChannel(to(forgetful));
        Offloaded result = (Offloaded) classify(ROUNDS, NEVER_SURE, counting);
        assertThat(sent).extracting(PatchRequest::patches).containsExactly(3, 4, 7, 9, 16);
        assertThat(result.top()).isEqualTo(once("all").top());
        assertThat(result.cutShort()).isEmpty();
        assertThat(result.exchanges()).isEqualTo(5);
        assertThat(result.upBytes()).isEqualTo((int) counting.traffic().upBytes());
    }

    @Test
    void aDialogueTellsWhatCameOfEachRound() throws IOException {
        PixelPatches patches = model.patches(IMAGE);
        SelectionPolicy policy =
                new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse("rounds:top:3,top:3,top:7,all"));
        EdgeStep step = new EdgeStep(
                OffloadGate.always(),
                policy,
                PayloadCodec.raw(),
                Optional.of(StopRule.parseOne(NEVER_SURE + "+" + NEVER_SURE + "+" + ALWAYS_SURE)),
                Audit.NONE);
        EdgeResult seen =
                EdgeRunner.of(model, Set.of(policy)).classify(List.of(patches)).getFirst();
        AtomicInteger ids = new AtomicInteger(40);
        ServerDialogue dialogue = new ServerDialogue(
                step,
                model.transformer().config(),
                to(forgetful),
                Duration.ofMinutes(1),
                ids::getAndIncrement,
                5,
                patches);
        List<AnsweredRound> rounds = dialogue.ask(
                step.selectRounds(seen, model.transformer().config().grid(), patches, "a"));
        assertThat(rounds).extracting(AnsweredRound::number).containsExactly(1, 3);
        assertThat(rounds).extracting(round -> round.sent().count()).containsExactly(3, 7);
        assertThat(rounds)
                .extracting(AnsweredRound::upBytes) // the second was sent twice
                .containsExactly(26 + 2 + 3 * 48, 26 + 2 + 4 * 48 + 26 + 2 + 7 * 48);
        assertThat(((ServerAnswer.Predicted) rounds.getLast().answer()).reply().top())
                .isEqualTo(once("top:7").top());
        assertThat(sent).extracting(PatchRequest::requestId).containsExactly(40, 41, 42);
    }

    @Test
    void theLastAnswerStandsIfALaterRoundFails() throws IOException {
        AtomicInteger exchanges = new AtomicInteger();
        Channel breaks = new Channel() {
            @Override
            public byte[] exchange(byte[] request) throws IOException {
                if (exchanges.incrementAndGet() == 2) {
                    throw new ChannelException(FailureReason.UNREACHABLE, "the cable is cut");
                }
                return server.handle(List.of(request)).getFirst();
            }

            @Override
            public void close() {}
        };
        Offloaded result = (Offloaded) classify(ROUNDS, NEVER_SURE, breaks);
        assertThat(exchanges).hasValue(2);
        assertThat(result.top()).isEqualTo(once("top:3").top());
        assertThat(result.selected().count()).isEqualTo(3);
        assertThat(result.exchanges()).isEqualTo(1);
        assertThat(result.cutShort()).contains(new ServerAnswer.Failed(FailureReason.UNREACHABLE, "the cable is cut"));
    }

    @Test
    void theEdgesPredictionStandsIfTheFirstRoundFails() throws IOException {
        Channel broken =
                new InProcessChannel(requests -> List.of(new ErrorReply(0, Reason.FAILED, "no room").encode()));
        Fallback result = (Fallback) classify(ROUNDS, NEVER_SURE, broken);
        assertThat(result.reason()).isEqualTo(FailureReason.SERVER_FAILED);
        assertThat(result.top()).isEqualTo(result.edge().top(5));
    }

    @Test
    void aRequestThatComesTwiceGetsTheSameReply() throws IOException {
        PixelPatches all = model.patches(IMAGE);
        byte[] first = round(1, 0, all, 0, 1, 2);
        byte[] second = round(2, 3, all, 5, 6);
        byte[] third = round(3, 5, all, 9);
        List<byte[]> replies = List.of(reply(first), reply(second), reply(third));
        assertThat(reply(second)).isEqualTo(replies.get(1));
        assertThat(reply(third)).isEqualTo(replies.get(2));
        assertThat(reply(first)).isEqualTo(replies.get(0));
        assertThat(reason(third)).isEqualTo(Reason.UPLOAD_GONE); // the upload has begun anew
    }

    @Test
    void roundsOfDifferentUploadsDoNotMix() throws IOException {
        PixelPatches all = model.patches(IMAGE);
        reply(round(1, 0, all, 0, 1, 2));
        byte[] other = PatchRequest.of(
                        2, new UploadRound(78, 3, true), 4, all.select(new int[] {5}), PayloadCodec.raw())
                .encode();
        assertThat(reason(other)).isEqualTo(Reason.UPLOAD_GONE);
    }

    @Test
    void aPatchIsSentOnce() throws IOException {
        PixelPatches all = model.patches(IMAGE);
        reply(round(1, 0, all, 0, 1, 2));
        assertThat(Message.parse(reply(round(2, 3, all, 2, 3))))
                .isEqualTo(new ErrorReply(
                        2,
                        Reason.MALFORMED,
                        "ROUND: an earlier round and this one: both have a patch at position 2, expected other"
                                + " positions"));
    }

    private static byte[] round(int id, int earlier, PixelPatches all, int... positions) {
        return PatchRequest.of(id, new UploadRound(77, earlier, true), 4, all.select(positions), PayloadCodec.raw())
                .encode();
    }

    private byte[] reply(byte[] request) {
        return server.handle(List.of(Arrays.copyOf(request, request.length))).getFirst();
    }

    private Reason reason(byte[] request) throws IOException {
        return ((ErrorReply) Message.parse(reply(request))).reason();
    }
}
