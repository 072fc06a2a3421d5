package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.engine.binding.TensorBinder;
import glimpse.engine.weights.SafetensorsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTensorsTest {
    private static final VitConfig DEIT_TINY = new VitConfig(224, 16, 3, 192, 12, 3, 768, 1, 1000, true, 1e-6f);

    @Test
    void deitTinyHasItsParameters() {
        Map<String, List<Long>> shapes = ModelTensors.shapes(DEIT_TINY);
        long stored = shapes.values().stream()
                .mapToLong(shape -> shape.stream().reduce(1L, (a, b) -> a * b))
                .sum();
        // The class token's position embedding (192) is added to it already: arXiv 2404.07217 counts 5,717,416
        assertThat(stored).isEqualTo(5_717_416 - 192);
        assertThat(shapes)
                .containsEntry("blocks.11.fc1.weight", List.of(768L, 192L))
                .doesNotContainKey("blocks.12.fc1.weight");
    }

    @Test
    void qkvBiasIsThereByConfiguration() {
        VitConfig without = new VitConfig(224, 16, 3, 192, 12, 3, 768, 1, 1000, false, 1e-6f);
        assertThat(ModelTensors.shapes(DEIT_TINY)).containsEntry("blocks.0.qkv.bias", List.of(576L));
        assertThat(ModelTensors.shapes(without)).doesNotContainKey("blocks.0.qkv.bias");
    }

    @Test
    void parametersAreThoseOfTheTensors() {
        for (Pooling pooling : Pooling.values()) {
            for (Activation activation : Activation.values()) {
                int prefix = pooling == Pooling.ATTENTION ? 0 : 2;
                if (pooling == Pooling.ATTENTION && activation == Activation.SWIGLU) {
                    continue; // refused
                }
                int representation = pooling == Pooling.CLASS_AND_DISTILLATION_TOKEN ? 0 : 9;
                VitConfig config = new VitConfig(
                        28, 14, 3, 24, 2, 3, 40, prefix, 5, true, 1e-6f, pooling, activation, true, 0, representation);
                long stored = ModelTensors.shapes(config).values().stream()
                        .mapToLong(shape -> shape.stream().reduce(1L, (a, b) -> a * b))
                        .sum();
                // the prefix tokens' positions are in the tokens
                assertThat(config.parameters()).as("%s", config).isEqualTo(stored + prefix * 24L);
            }
        }
    }

    @Test
    void projectedFeaturesExcludeAClassifier() {
        VitConfig projecting = projecting(0, 7);
        assertThat(ModelTensors.shapes(projecting))
                .containsEntry("feature_projection.weight", List.of(7L, 48L))
                .doesNotContainKey("head.weight");
        assertThat(projecting.featureWidth()).isEqualTo(7);
        assertThatThrownBy(() -> projecting(5, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("projectionWidth is 7, expected 0 in a model with a classifier");
    }

    private static VitConfig projecting(int classes, int projectionWidth) {
        return new VitConfig(
                28,
                14,
                3,
                24,
                2,
                3,
                40,
                1,
                classes,
                true,
                1e-6f,
                Pooling.CLASS_TOKEN_AND_MEAN,
                Activation.GELU,
                false,
                projectionWidth,
                0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "grey", "wide", "narrow", "head64"})
    void goldenModelsHaveExactlyTheseTensors(String name) throws Exception {
        Path path = Path.of(
                getClass().getResource("golden/" + name + ".model.safetensors").toURI());
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            VitConfig config = VitConfig.readFrom(file.metadata());
            TensorBinder binder = TensorBinder.bind(file, ModelTensors.shapes(config));
            assertThat(binder.take("head.bias")).hasSize(config.classes());
        }
    }
}
