package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.channel.ByteCountingChannel;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A null argument is named where it is passed, not where it would be used. */
@SuppressWarnings("NullAway") // what a caller without null checks may pass
class NullArgumentsTest {
    private static final EdgeStep STEP = new EdgeStep(OffloadGate.always(), SelectionPolicy.WHOLE, PayloadCodec.raw());

    @TempDir
    Path folder;

    @Test
    void ofAnEdge() throws IOException {
        try (Workers workers = Workers.of(1)) {
            Classifier model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
            InProcessChannel channel = new InProcessChannel(new ServerNode(model));
            EdgeNode edge = new EdgeNode(model, STEP, channel);
            assertNamed("classifier", () -> new EdgeNode(null, STEP, channel));
            assertNamed("step", () -> new EdgeNode(model, null, channel));
            assertNamed("channel", () -> new EdgeNode(model, STEP, null));
            assertNamed("image", () -> edge.classify(null, "a"));
            assertNamed("name", () -> edge.classify(TestImages.random(1, 16, 16), null));
            assertNamed("preprocessing", () -> new Classifier(model.transformer(), null));
            assertNamed("transformer", () -> new Classifier(null, model.preprocessing()));
        }
    }

    @Test
    void ofTheStepThatAnEdgeTakes() {
        assertNamed("gate", () -> new EdgeStep(null, STEP.policy(), STEP.codec()));
        assertNamed("policy", () -> new EdgeStep(STEP.gate(), null, STEP.codec()));
        assertNamed("codec", () -> new EdgeStep(STEP.gate(), STEP.policy(), null));
        assertNamed("audit", () -> new EdgeStep(STEP.gate(), STEP.policy(), STEP.codec(), Optional.empty(), null));
    }

    @Test
    void ofAServerItsChannelsAndMessages() {
        assertNamed("classifier", () -> new ServerNode(null));
        assertNamed("classifier", () -> new EdgeRunner(null, Set.of()));
        assertNamed("handler", () -> new InProcessChannel(null));
        assertNamed("channel", () -> new ByteCountingChannel(null));
        PixelPatches none = PixelPatches.of(1, 1, new int[0], new byte[0]);
        assertNamed("codec", () -> PatchRequest.of(1, 1, none, null));
        assertNamed("reason", () -> new ErrorReply(1, null, "no"));
    }

    private static void assertNamed(String argument, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(argument);
    }
}
