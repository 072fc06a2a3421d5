package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.weights.DType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model gives the bits of the floats that its stored weights stand for, in every layer that a model can have. */
class StoredTypesTest {
    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16", "I8"})
    void everyPoolingGivesTheBitsOfTheFloats(DType type) throws Exception {
        for (Pooling pooling : Pooling.values()) {
            assertSame(config(pooling, Activation.GELU, pooling == Pooling.ATTENTION ? 0 : 2, 0), type);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16", "I8"})
    void everyActivationGivesTheBitsOfTheFloats(DType type) throws Exception {
        for (Activation activation : Activation.values()) {
            assertSame(config(Pooling.CLASS_TOKEN, activation, 1, 9), type);
        }
    }

    /** Heads of 24 features, whose scale is no power of two, and an MLP of several blocks of columns. */
    private static VitConfig config(Pooling pooling, Activation activation, int prefix, int representation) {
        return new VitConfig(
                56, 8, 1, 72, 2, 3, 400, prefix, 5, true, 1e-6f, pooling, activation, true, 0, representation);
    }

    private static void assertSame(VitConfig config, DType type) throws Exception {
        List<PatchSequence> batch = List.of(image(config, 49), image(config, 10), image(config, 1));
        try (Workers one = Workers.of(1);
                Workers three = Workers.of(3)) {
            VisionTransformer floats = StoredModel.load(config, type, true, one);
            VisionTransformer stored = StoredModel.load(config, type, false, three);
            Session alone = floats.newSession();
            Output together = stored.newSession().forward(batch, Capture.allLayers());
            for (int i = 0; i < batch.size(); i++) {
                float[] expected = alone.forward(batch.get(i), Capture.none()).logits(0);
                assertThat(together.logits(i)).as("%s", config).containsExactly(expected);
                float[] single = stored.newSession(one)
                        .forward(batch.get(i), Capture.none())
                        .logits(0);
                assertThat(single).as("%s", config).containsExactly(expected);
            }
        }
    }

    private static PatchSequence image(VitConfig config, int patches) {
        Random random = new Random(patches);
        float[] values = new float[patches * config.patchLength()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return PatchSequence.of(
                config.grid(), config.patchLength(), IntStream.range(0, patches).toArray(), values);
    }
}
