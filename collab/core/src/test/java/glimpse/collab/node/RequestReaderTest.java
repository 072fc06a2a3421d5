package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.ErrorReply.Reason;
import glimpse.collab.codec.PacketPlace;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.engine.PatchSequence;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestReaderTest {
    @TempDir
    Path folder;

    private Workers workers;
    private Classifier model;
    private PixelPatches patches;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(1);
        model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        patches = model.patches(TestImages.random(3, 20, 24)).select(new int[] {0, 5, 15});
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void aRequestBecomesTheModelsInput() throws RejectedRequestException {
        byte[] request = PatchRequest.of(77, 4, patches, PayloadCodec.deflate()).encode();
        AcceptedRequest accepted = new RequestReader(model).read(request);
        PatchSequence expected = model.preprocessing().normalise(patches);
        assertThat(accepted.requestId()).isEqualTo(77);
        assertThat(accepted.input().sequence().positions()).isEqualTo(expected.positions());
        assertThat(accepted.input().sequence().values()).isEqualTo(expected.values());
    }

    @Test
    void aRequestForAnotherModelIsRejectedWithItsReply() {
        byte[] request = PatchRequest.of(9, 5, patches, PayloadCodec.raw()).encode();
        assertThatExceptionOfType(RejectedRequestException.class)
                .isThrownBy(() -> new RequestReader(model).read(request))
                .satisfies(e -> assertThat(e.reply())
                        .isEqualTo(new ErrorReply(
                                9, Reason.MODEL_MISMATCH, "model mismatch: the grid is 5, the server's model has 4")));
    }

    @Test
    void aRunnerGivesEachImageTheLogitsThatItGetsAlone() {
        ServerRunner runner = new ServerRunner(model);
        PatchSequence three = model.preprocessing().normalise(patches);
        PatchSequence none = three.select(new int[0]);
        List<ServerResult> together = runner.run(List.of(three, none, three));
        assertThat(logits(together.get(0)))
                .isEqualTo(logits(runner.run(List.of(three)).getFirst()));
        assertThat(logits(together.get(1)))
                .isEqualTo(logits(runner.run(List.of(none)).getFirst()));
        assertThat(logits(together.get(2))).isEqualTo(logits(together.get(0)));
    }

    @Test
    void aClassifierLoadsFromAChannelToo() throws IOException {
        Path file = TinyModel.write(folder.resolve("file"), TinyModel.RGB, 1, List.of());
        try (FileChannel channel = FileChannel.open(file)) {
            Classifier loaded = Classifier.load("file", channel, workers);
            assertThat(loaded.transformer().config()).isEqualTo(TinyModel.RGB);
            assertThat(loaded.preprocessing()).isEqualTo(model.preprocessing());
        }
    }

    private static float[] logits(ServerResult result) {
        return ((ServerResult.Logits) result).values();
    }

    @Test
    void aPacketAloneIsNoRequest() {
        byte[] packet = PatchRequest.of(5, new PacketPlace(0, 2), 4, patches, PayloadCodec.raw())
                .encode();
        assertThatExceptionOfType(RejectedRequestException.class)
                .isThrownBy(() -> new RequestReader(model).read(packet))
                .satisfies(e -> {
                    assertThat(e.reply().reason()).isEqualTo(Reason.MALFORMED);
                    assertThat(e.reply().requestId()).isEqualTo(5);
                    assertThat(e.reply().text())
                            .isEqualTo("VERSION: the version is 3, one packet of a request, expected a whole request");
                });
    }
}
