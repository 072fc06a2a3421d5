package glimpse.engine.weights;

import static glimpse.engine.weights.SafetensorsBytes.read;
import static glimpse.engine.weights.SafetensorsBytes.validFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorBinderTest {
    @Test
    void oneErrorListsEverythingThatDoesNotFit() throws Exception {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        shapes.put("weight", List.of(3L, 2L));
        shapes.put("bias", List.of(3L));
        shapes.put("none", List.of(5L, 0L));
        SafetensorsFile file = read(validFile());
        assertThatThrownBy(() -> TensorBinder.bind(file, shapes))
                .isInstanceOf(ModelException.class)
                .hasMessage("test.safetensors: tensors don't fit the model:"
                        + " weight has shape '[2, 3]', expected [3, 2];"
                        + " bias is missing, expected [3];"
                        + " none is I64, expected F32, F16 or BF16;"
                        + " 'half' belongs to no part of the model");
    }

    @Test
    void longListIsCutShort() throws Exception {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            shapes.put("missing" + i, List.of(1L));
        }
        SafetensorsFile file = read(validFile());
        assertThatThrownBy(() -> TensorBinder.bind(file, shapes)).hasMessageEndingWith("; and 23 more");
    }

    @Test
    void boundTensorIsTakenWholeOrByRows() throws Exception {
        byte[] bytes =
                SafetensorsBytes.file(SafetensorsBytes.tensor(SafetensorsBytes.entry("F32", "[4,3]", "[0,48]")), 48);
        TensorBinder binder = TensorBinder.bind(read(bytes), Map.of("a", List.of(4L, 3L)));
        float[] all = binder.take("a");
        assertThat(all).hasSize(12);
        float[] rows = new float[6];
        binder.takeRows("a", 1, 2, rows);
        assertThat(rows).containsExactly(all[3], all[4], all[5], all[6], all[7], all[8]);
        assertThatThrownBy(() -> binder.takeRows("a", 3, 2, rows)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> binder.take("b")).isInstanceOf(IllegalArgumentException.class);
    }
}
