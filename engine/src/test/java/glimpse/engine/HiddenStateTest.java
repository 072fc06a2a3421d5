package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of chosen layers, against timm's get_intermediate_layers on a model with register tokens. */
class HiddenStateTest {
    private static final float TOLERANCE = 1e-5f;

    @TempDir
    Path folder;

    private final Workers workers = Workers.of(2);
    private GoldenModel golden;
    private VisionTransformer model;
    private PatchSequence image;

    @BeforeEach
    void load() throws IOException {
        golden = GoldenModel.read("dense", folder);
        model = VisionTransformer.load(golden.model(), workers);
        VitConfig config = model.config();
        int[] positions = new int[config.patches()];
        Arrays.setAll(positions, i -> i);
        image = PatchSequence.of(config.grid(), config.patchLength(), positions, golden.tensor("patches"));
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void tokensAfterEachLayerEqualTheReference() {
        Output output = model.newSession().forward(image, Capture.none().withAllHiddenStates());
        for (int layer = 0; layer < model.config().depth(); layer++) {
            assertThat(output.hiddenState(0, layer).values())
                    .containsExactly(golden.tensor("hidden." + layer), within(TOLERANCE));
        }
    }

    @Test
    void normalisedTokensAfterEachLayerEqualTheReference() {
        Output output = model.newSession().forward(image, Capture.none().withAllHiddenStates());
        for (int layer = 0; layer < model.config().depth(); layer++) {
            assertThat(output.normalisedHiddenState(0, layer).values())
                    .containsExactly(golden.tensor("normalised." + layer), within(TOLERANCE));
        }
    }

    @Test
    void theLastLayersPatchTokensComeWithTheReadoutRowAndTheSameFeatures() {
        int last = model.config().depth() - 1;
        Output output = model.newSession().forward(image, Capture.readoutRow().withHiddenStates(last));
        HiddenState state = output.normalisedHiddenState(0, last);
        AttentionMap row = output.attention(0, last);
        float[] features = output.features(0);

        float[] expected = golden.tensor("normalised." + last);
        int prefix = model.config().prefixTokens() * model.config().width();
        assertThat(state.patchTokens())
                .containsExactly(Arrays.copyOfRange(expected, prefix, expected.length), within(TOLERANCE));
        assertThat(row.rows()).isEqualTo(1);
        assertThat(row.weights())
                .containsExactly(model.newSession()
                        .forward(image, Capture.readoutRow())
                        .attention(0, last)
                        .weights());
        assertThat(features)
                .containsExactly(
                        model.newSession().forward(image, Capture.none()).features(0));
        assertThat(Arrays.copyOf(state.values(), model.config().width())).containsExactly(features);
    }

    @Test
    void eachImageOfABatchHasTheTokensThatItHasAlone() {
        PatchSequence part = image.select(new int[] {1, 2, 7});
        Capture capture = Capture.none().withHiddenStates(1);
        Output batch = model.newSession().forward(List.of(part, image, part), capture);
        Output alone = model.newSession().forward(part, capture);
        for (int i : new int[] {0, 2}) {
            HiddenState state = batch.hiddenState(i, 1);
            assertThat(state.tokens()).isEqualTo(8);
            assertThat(state.patches()).isEqualTo(3);
            assertThat(state.values()).containsExactly(alone.hiddenState(0, 1).values());
            assertThat(batch.normalisedHiddenState(i, 1).values())
                    .containsExactly(alone.normalisedHiddenState(0, 1).values());
        }
    }

    @Test
    void aTokenIsReadByItsIndexOrInAView() {
        HiddenState state = model.newSession()
                .forward(image, Capture.none().withHiddenStates(0))
                .hiddenState(0, 0);
        assertThat(state.value(2, 3)).isEqualTo(state.values()[2 * state.width() + 3]);
        assertThat(state.view().get(2 * state.width() + 3)).isEqualTo(state.value(2, 3));
        assertThat(state.view().isReadOnly()).isTrue();
        assertThatThrownBy(() -> state.value(21, 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("token is 21, expected 0..20");
        assertThatThrownBy(() -> state.value(0, 24)).hasMessage("feature is 24, expected 0..23");
    }

    @Test
    void whatWasNotCapturedOrIsNotThereIsNamed() {
        Session session = model.newSession();
        Output output = session.forward(image, Capture.none().withHiddenStates(0));
        assertThatThrownBy(() -> output.hiddenState(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the hidden state of layer 1 was not captured");
        assertThatThrownBy(() -> session.forward(image, Capture.none().withHiddenStates(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer 3 is to be captured, expected layers 0..2");
    }
}
