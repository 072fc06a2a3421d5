package glimpse.convert.source.torch;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.convert.Resources;
import glimpse.convert.source.SourceTensor;
import glimpse.engine.weights.SafetensorsFile;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchSourceTest {
    @ParameterizedTest
    @ValueSource(strings = {"torch/nested.pth", "torch/protocol4.pth"})
    void viewsStridesAndTypesReadAsPyTorchReadsThem(String file) throws Exception {
        try (TorchSource source = TorchSource.open(Resources.path(file));
                SafetensorsFile expected = SafetensorsFile.open(Resources.path("torch/views.safetensors"))) {
            assertThat(expected.tensors()).hasSize(12);
            for (String name : expected.tensors().keySet()) {
                SourceTensor tensor = source.tensors().get(name);
                assertThat(tensor).as(name).isNotNull();
                assertThat(tensor.shape())
                        .as(name)
                        .isEqualTo(expected.tensor(name).shape());
                float[] values = new float[(int) tensor.elements()];
                float[] wanted = new float[values.length];
                source.read(name, 0, values, 0, values.length);
                expected.read(name, wanted);
                assertThat(values).as(name).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"transposed", "columns", "half"})
    void anyRangeEqualsThatPartOfTheWhole(String name) throws Exception {
        try (TorchSource source = TorchSource.open(Resources.path("torch/nested.pth"))) {
            SourceTensor tensor = source.tensors().get(name);
            assertThat(tensor).isNotNull();
            int length = (int) tensor.elements();
            float[] whole = new float[length];
            source.read(name, 0, whole, 0, length);
            for (int first = 0; first < length; first++) {
                for (int count = 0; first + count <= length; count++) {
                    float[] part = new float[count + 2];
                    source.read(name, first, part, 1, count);
                    assertThat(java.util.Arrays.copyOfRange(part, 1, count + 1))
                            .isEqualTo(java.util.Arrays.copyOfRange(whole, first, first + count));
                }
            }
        }
    }

    @org.junit.jupiter.api.Test
    void integerBuffersKeepTheirType() throws Exception {
        try (TorchSource source = TorchSource.open(Resources.path("torch/nested.pth"))) {
            assertThat(source.tensors())
                    .containsEntry("position_ids", new SourceTensor("position_ids", "I64", List.of(5L)))
                    .containsEntry("mask", new SourceTensor("mask", "BOOL", List.of(2L)));
        }
    }
}
