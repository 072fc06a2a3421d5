package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsBytes;
import glimpse.engine.weights.SafetensorsFile;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TensorBinderTest {
    private static final String I8_MATRIX = "\"a.weight\":" + SafetensorsBytes.entry("I8", "[2,3]", "[0,6]");
    private static final String SCALES = "\"a.weight.scale\":" + SafetensorsBytes.entry("F32", "[2]", "[6,14]");

    @Test
    void oneErrorListsEverythingThatDoesNotFit() throws Exception {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        shapes.put("weight", List.of(3L, 2L));
        shapes.put("bias", List.of(3L));
        shapes.put("none", List.of(5L, 0L));
        SafetensorsFile file = SafetensorsBytes.read(SafetensorsBytes.validFile());
        assertThatThrownBy(() -> TensorBinder.bind(file, shapes))
                .isInstanceOf(ModelException.class)
                .hasMessage("test.safetensors: tensors don't fit the model:"
                        + " 'weight' F32 [2, 3] has the wrong shape, expected [3, 2];"
                        + " bias is missing, expected [3];"
                        + " 'none' I64 [5, 0] has the wrong type, expected F32, F16 or BF16;"
                        + " 'half' F16 [] belongs to no part of the model");
    }

    @Test
    void longListIsCutShort() throws Exception {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            shapes.put("missing" + i, List.of(1L));
        }
        SafetensorsFile file = SafetensorsBytes.read(SafetensorsBytes.validFile());
        assertThatThrownBy(() -> TensorBinder.bind(file, shapes)).hasMessageEndingWith("; and 23 more");
    }

    @Test
    void boundTensorIsTakenWholeOrByRows() throws Exception {
        byte[] bytes =
                SafetensorsBytes.file(SafetensorsBytes.tensor(SafetensorsBytes.entry("F32", "[4,3]", "[0,48]")), 48);
        TensorBinder binder = TensorBinder.bind(SafetensorsBytes.read(bytes), Map.of("a", List.of(4L, 3L)));
        float[] all = binder.take("a");
        assertThat(all).hasSize(12);
        float[] rows = new float[6];
        binder.takeRows("a", 1, 2, rows);
        assertThat(rows).containsExactly(all[3], all[4], all[5], all[6], all[7], all[8]);
        assertThatThrownBy(() -> binder.takeRows("a", 3, 2, rows)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> binder.take("b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void integersAreMultipliedByTheirRowsScales() throws Exception {
        SafetensorsFile file = SafetensorsBytes.read(int8(I8_MATRIX + "," + SCALES));
        TensorBinder binder = TensorBinder.bind(file, Map.of("a.weight", List.of(2L, 3L)));
        byte[] integers = file.bytes("a.weight").toArray(ValueLayout.JAVA_BYTE);
        float[] scales = new float[2];
        file.read("a.weight.scale", scales);

        float[] whole = binder.take("a.weight");
        float[] secondRow = new float[3];
        binder.takeRows("a.weight", 1, 1, secondRow);

        for (int i = 0; i < whole.length; i++) {
            assertThat(whole[i]).isEqualTo(integers[i] * scales[i / 3]);
        }
        assertThat(secondRow).containsExactly(whole[3], whole[4], whole[5]);
    }

    @Test
    void integersNeedTheirScales() throws Exception {
        SafetensorsFile file = SafetensorsBytes.read(int8(I8_MATRIX + "," + SCALES.replace("a.weight.scale", "other")));
        assertThatThrownBy(() -> TensorBinder.bind(file, Map.of("a.weight", List.of(2L, 3L))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("a.weight.scale is missing, expected [2] because a.weight is I8");
    }

    @Test
    void scalesOfAnotherShapeAreNamed() throws Exception {
        SafetensorsFile file = SafetensorsBytes.read(int8(I8_MATRIX + "," + SCALES.replace("[2]", "[1,2]")));
        assertThatThrownBy(() -> TensorBinder.bind(file, Map.of("a.weight", List.of(2L, 3L))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'a.weight.scale' F32 [1, 2] has the wrong type or shape, expected F32 [2]");
    }

    @Test
    void scalesWithoutIntegersBelongToNothing() throws Exception {
        SafetensorsFile file = SafetensorsBytes.read(int8(I8_MATRIX.replace("a.weight", "b") + "," + SCALES));
        assertThatThrownBy(() -> TensorBinder.bind(file, Map.of()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'a.weight.scale' F32 [2] belongs to no part of the model");
    }

    private static byte[] int8(String entries) {
        return SafetensorsBytes.file("{" + entries + "}", 14);
    }
}
