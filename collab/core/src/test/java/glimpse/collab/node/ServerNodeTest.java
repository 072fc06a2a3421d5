package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.HttpChannel;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.PredictionReply;
import glimpse.collab.fixture.FaultyServer;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.engine.Capture;
import glimpse.engine.PatchSequence;
import glimpse.engine.Pooling;
import glimpse.engine.Prediction;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerNodeTest {
    private static final int[] SOME = {0, 5, 6, 9, 15};

    @TempDir
    Path folder;

    private Workers workers;
    private Classifier model;
    private ServerNode server;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(1);
        model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        server = new ServerNode(model);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void predictsFromTheSelectedPatchesAlone() throws IOException {
        PixelPatches patches = model.patches(TestImages.random(3, 20, 24)).select(SOME);
        PredictionReply reply =
                ServerReply.prediction(77, 3, reply(PatchRequest.of(77, 4, patches, PayloadCodec.raw())));
        PatchSequence sequence = model.preprocessing().normalise(patches);
        float[] logits = model.transformer()
                .newSession()
                .forward(sequence, Capture.none())
                .logits(0);
        assertThat(reply)
                .isEqualTo(new PredictionReply(77, Prediction.softmax(logits).top(5)));
    }

    @Test
    void predictsWithoutAnyPatchIfTheModelHasAClassToken() throws IOException {
        PixelPatches none = PixelPatches.of(4, 3, new int[0], new byte[0]);
        assertThat(ServerReply.prediction(1, 3, reply(PatchRequest.of(1, 4, none, PayloadCodec.raw())))
                        .top())
                .hasSize(3);
    }

    @Test
    void requestsInABatchGetTheRepliesThatTheyGetAlone() {
        List<byte[]> requests = List.of(
                request(1, 4, SOME),
                new byte[] {1, 2, 3},
                request(2, 4, new int[0]),
                new ErrorReply(3, Reason.FAILED, "what?").encode(),
                request(4, 4, new int[] {7}));
        List<byte[]> together = server.handle(requests);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(together.get(i))
                    .isEqualTo(server.handle(List.of(requests.get(i))).getFirst());
        }
    }

    @ParameterizedTest
    @EnumSource(Pooling.class)
    void aRequestWithoutPatchesGetsTheSameReplyInAnyBatch(Pooling pooling) throws IOException {
        ServerNode pooled = new ServerNode(TinyModel.load(folder, TinyModel.rgb(pooling), 4, workers));
        List<byte[]> requests = new ArrayList<>();
        for (int id = 0; id < 16; id++) {
            requests.add(request(id, 4, id % 3 == 1 ? new int[0] : SOME));
        }
        List<byte[]> alone = new ArrayList<>();
        for (byte[] request : requests) {
            alone.addAll(pooled.handle(List.of(request)));
        }
        for (int batch : new int[] {3, 8}) {
            for (int first = 0; first < requests.size(); first += batch) {
                int end = Math.min(first + batch, requests.size());
                assertThat(pooled.handle(requests.subList(first, end)))
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(alone.subList(first, end));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Pooling.class,
            names = {"MEAN_OF_PATCHES", "MEAN_OF_NORMALISED_PATCHES", "CLASS_TOKEN_AND_MEAN", "ATTENTION"})
    void aModelThatNeedsPatchesDoesNotMatchARequestWithoutAny(Pooling pooling) throws IOException {
        ServerNode pooled = new ServerNode(TinyModel.load(folder, TinyModel.rgb(pooling), 4, workers));
        List<byte[]> replies = pooled.handle(List.of(request(5, 4, SOME), request(6, 4, new int[0])));
        assertThat(ServerReply.prediction(5, 3, replies.get(0)).top()).hasSize(3);
        assertThat(Message.parse(replies.get(1)))
                .isEqualTo(new ErrorReply(
                        6,
                        Reason.MODEL_MISMATCH,
                        "model mismatch: the number of patches is 0, the server's model needs at least 1"));
    }

    @Test
    void anErrorReplyNamesTheRuleThatAMalformedRequestBreaks() throws IOException {
        byte[] request = request(9, 4, SOME);
        request[11] = 2;
        assertThat(Message.parse(server.handle(List.of(request)).getFirst()))
                .isEqualTo(new ErrorReply(9, Reason.MALFORMED, "CHANNELS: the channels are 2, expected 1 or 3"));
    }

    @Test
    void aReplyIsNotARequest() throws IOException {
        byte[] reply = new ErrorReply(6, Reason.FAILED, "").encode();
        assertThat(Message.parse(server.handle(List.of(reply)).getFirst()))
                .isEqualTo(new ErrorReply(6, Reason.MALFORMED, "KIND: a reply came where a request was expected"));
    }

    @Test
    void aRequestForAnotherModelGetsAModelMismatch() throws IOException {
        assertThat(Message.parse(server.handle(List.of(request(9, 5, SOME))).getFirst()))
                .isEqualTo(new ErrorReply(
                        9, Reason.MODEL_MISMATCH, "model mismatch: the grid is 5, the server's model has 4"));
    }

    @Test
    void aModelWithInvalidOutputGivesAnErrorReply() throws IOException {
        Path file = TinyModel.writeBroken(folder.resolve("broken"), TinyModel.RGB);
        ServerNode broken = new ServerNode(Classifier.load(file, workers));
        assertThat(Message.parse(broken.handle(List.of(request(2, 4, SOME))).getFirst()))
                .isEqualTo(new ErrorReply(2, Reason.FAILED, "the model's output isn't a number"));
    }

    @Test
    void anyBytesGetAReply() throws IOException {
        Random random = new Random(5);
        byte[] good = request(1, 4, SOME);
        int predictions = 0;
        for (int trial = 0; trial < 4000; trial++) {
            byte[] bytes;
            if (trial % 2 == 0) {
                bytes = good.clone();
                bytes[random.nextInt(40)] ^= (byte) (1 + random.nextInt(255));
            } else {
                bytes = new byte[random.nextInt(60)];
                random.nextBytes(bytes);
            }
            Message reply = Message.parse(server.handle(List.of(bytes)).getFirst());
            assertThat(reply).isNotInstanceOf(PatchRequest.class);
            predictions += reply instanceof PredictionReply ? 1 : 0;
        }
        assertThat(predictions).isBetween(100, 3900);
    }

    @Test
    void httpCarriesTheSameBytes() throws IOException {
        byte[] request = request(3, 4, SOME);
        try (FaultyServer http = new FaultyServer(
                        (received, out, connection) -> FaultyServer.send(out, 200, "", reply(received.body())));
                HttpChannel channel = HttpChannel.to(http.uri(), "base").build()) {
            assertThat(channel.exchange(request)).isEqualTo(reply(request));
        }
    }

    private byte[] reply(PatchRequest request) {
        return reply(request.encode());
    }

    private byte[] reply(byte[] request) {
        return server.handle(List.of(request)).getFirst();
    }

    private static byte[] request(int id, int grid, int[] positions) {
        byte[] pixels = new byte[positions.length * 48];
        new Random(id).nextBytes(pixels);
        return PatchRequest.of(id, grid, PixelPatches.of(4, 3, positions, pixels), PayloadCodec.raw())
                .encode();
    }
}
