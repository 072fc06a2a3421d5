package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against timm, value by value, within 1e-5. */
class GoldenModelTest {
    private static final float TOLERANCE = 1e-5f;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void logitsEqualTheReference(String name) throws IOException {
        GoldenModel golden = GoldenModel.read(name, folder);
        try (Workers workers = Workers.of(2)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            for (String input : GoldenModel.CASES) {
                Output output = model.newSession().forward(golden.input(input, model.config()), Capture.none());
                assertClose(name + " " + input, output.logits(0), golden.tensor(input + ".logits"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void attentionOfEveryHeadAndLayerEqualsTheReference(String name) throws IOException {
        GoldenModel golden = GoldenModel.read(name, folder);
        try (Workers workers = Workers.of(2)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            int depth = model.config().depth();
            for (String input : GoldenModel.CASES) {
                Output output = model.newSession().forward(golden.input(input, model.config()), Capture.allLayers());
                for (int layer = 0; layer < depth; layer++) {
                    float[] expected = golden.tensor(input + ".attention." + layer);
                    assertClose(name + " " + input, output.attention(0, layer).weights(), expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void theReadoutRowIsTheLastLayersFirstRow(String name) throws IOException {
        GoldenModel golden = GoldenModel.read(name, folder);
        try (Workers workers = Workers.of(2)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            int last = model.config().depth() - 1;
            Output output = model.newSession().forward(golden.input("all", model.config()), Capture.readoutRow());
            AttentionMap row = output.attention(0, last);
            float[] full = golden.tensor("all.attention." + last);
            int tokens = row.columns();
            for (int head = 0; head < row.heads(); head++) {
                for (int column = 0; column < tokens; column++) {
                    assertThat(row.weight(head, 0, column))
                            .isCloseTo(full[head * tokens * tokens + column], within(TOLERANCE));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void tokensAfterTheEmbeddingAndEveryBlockEqualTheReference(String name) throws IOException {
        GoldenModel golden = GoldenModel.read(name, folder);
        try (Workers workers = Workers.of(2)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            VitConfig config = model.config();
            for (String input : GoldenModel.CASES) {
                PatchSequence sequence = golden.input(input, config);
                List<float[]> tokens = new ArrayList<>(); // the embedding first
                Session session = new Session(model, workers.team(), (block, workspace) -> {
                    float[] values = new float[(sequence.patches() + config.prefixTokens()) * config.width()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = workspace.token(0, i / config.width(), i % config.width(), config.width());
                    }
                    tokens.add(values);
                });
                session.forward(sequence, Capture.allLayers());

                assertClose("embedding", tokens.getFirst(), golden.tensor(input + ".embedding"));
                for (int block = 0; block < config.depth(); block++) {
                    assertClose("block", tokens.get(block + 1), golden.tensor(input + ".block." + block));
                }
            }
        }
    }

    private static void assertClose(String what, float[] actual, float[] expected) {
        assertThat(actual).as(what).hasSameSizeAs(expected).containsExactly(expected, within(TOLERANCE));
    }
}
