package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.audit.Audit;
import glimpse.collab.channel.Channel;
import glimpse.collab.channel.ChannelException;
import glimpse.collab.channel.FailureReason;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditedEdgeTest {
    private static final RgbImage IMAGE = TestImages.random(8, 30, 22);

    @TempDir
    Path folder;

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
    void theEdgesPredictionStandsAndTheServersIsCompared() throws IOException {
        CollaborativeResult.Audited audited = audited(new InProcessChannel(new ServerNode(serverModel)));
        CollaborativeResult.Offloaded asked = (CollaborativeResult.Offloaded) audited.asked();
        assertThat(audited.confident()).isTrue();
        assertThat(audited.top()).isEqualTo(asked.edge().top(5));
        assertThat(audited.disagrees())
                .hasValue(asked.server().top().getFirst().index()
                        != audited.top().getFirst().index());
        assertThat(asked.upBytes()).isPositive();
    }

    @Test
    void aServerWithTheSameModelAgreesOnAWholeImage() throws IOException {
        assertThat(audited(new InProcessChannel(new ServerNode(model))).disagrees())
                .hasValue(false);
    }

    @Test
    void anAuditThatTheServerDoesNotAnswerSaysNothing() throws IOException {
        CollaborativeResult.Audited audited = audited(new Channel() {
            @Override
            public byte[] exchange(byte[] request) throws IOException {
                throw new ChannelException(FailureReason.UNREACHABLE, "refused");
            }

            @Override
            public void close() {}
        });
        assertThat(audited.disagrees()).isEmpty();
        assertThat(audited.top()).isEqualTo(audited.edge().top(5));
    }

    @Test
    void withoutAnAuditNothingIsSent() throws IOException {
        Channel none = new InProcessChannel(requests -> {
            throw new AssertionError("asked");
        });
        assertThat(edge(Audit.NONE, none).classify(IMAGE, "a")).isInstanceOf(CollaborativeResult.Confident.class);
    }

    @Test
    void aTemperatureMakesPredictionsLessPeakedAndChangesNoRank() {
        float[] logits = {2, -1, 0.5f};
        Classifier warm = model.at(2);
        assertThat(warm.predict(logits).probability(0))
                .isEqualTo(model.predict(new float[] {1, -0.5f, 0.25f}).probability(0));
        assertThat(warm.predict(logits).top(3).stream().map(one -> one.index())).containsExactly(0, 2, 1);
        assertThat(model.among(List.of(0, 2)).at(2).temperature()).isEqualTo(2);
        assertThatThrownBy(() -> model.at(0)).hasMessage("temperature is 0.0, expected 0.01..100.0");
        assertThatThrownBy(() -> model.at(Double.NaN)).hasMessageStartingWith("temperature is NaN");
    }

    private CollaborativeResult.Audited audited(Channel channel) throws IOException {
        return (CollaborativeResult.Audited) edge(new Audit(1), channel).classify(IMAGE, "a");
    }

    private EdgeNode edge(Audit audit, Channel channel) {
        return new EdgeNode(
                model,
                new EdgeStep(OffloadGate.never(), SelectionPolicy.WHOLE, PayloadCodec.raw(), Optional.empty(), audit),
                channel);
    }
}
