package glimpse.engine.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsBytes;
import glimpse.engine.weights.SafetensorsFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorBinderTest {
    private static final String I8_MATRIX = "\"a.weight\":" + SafetensorsBytes.entry("I8", "[2,3]", "[0,6]");
    private static final String SCALES = "\"a.weight.scale\":" + SafetensorsBytes.entry("F32", "[2]", "[6,14]");

    @TempDir
    Path folder;

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
        putFloats(bytes, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
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
        byte[] integers = new byte[6];
        file.readBytes("a.weight", 0, integers, 0, integers.length);
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

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightThatIsNotFiniteIsNamed(float weight) throws Exception {
        byte[] bytes =
                SafetensorsBytes.file(SafetensorsBytes.tensor(SafetensorsBytes.entry("F32", "[2,2]", "[0,16]")), 16);
        putFloats(bytes, 1, 2, 3, weight);
        TensorBinder binder = TensorBinder.bind(SafetensorsBytes.read(bytes), Map.of("a", List.of(2L, 2L)));
        String message = "test.safetensors: tensor 'a' holds " + weight + " at element 3, expected finite weights";
        assertThatThrownBy(() -> binder.take("a"))
                .isInstanceOf(ModelException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> binder.takeRows("a", 1, 1, new float[2])).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16", "BF16"})
    void halfThatIsNotFiniteIsNamed(String dtype) throws Exception {
        byte[] bytes = SafetensorsBytes.file(SafetensorsBytes.tensor(SafetensorsBytes.entry(dtype, "[3]", "[0,6]")), 6);
        short infinity = dtype.equals("F16")
                ? Float.floatToFloat16(Float.POSITIVE_INFINITY)
                : (short) (Float.floatToIntBits(Float.POSITIVE_INFINITY) >> 16);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(bytes.length - 4, infinity);
        TensorBinder binder = TensorBinder.bind(SafetensorsBytes.read(bytes), Map.of("a", List.of(3L)));
        assertThatThrownBy(() -> binder.take("a")).hasMessageContaining("tensor 'a' holds Infinity at element 1");
    }

    @Test
    void scaleThatMakesAWeightInfiniteIsNamed() throws Exception {
        byte[] bytes = int8(I8_MATRIX + "," + SCALES);
        putFloats(bytes, 1, 3e38f);
        TensorBinder binder = TensorBinder.bind(SafetensorsBytes.read(bytes), Map.of("a.weight", List.of(2L, 3L)));
        assertThatThrownBy(() -> binder.take("a.weight"))
                .hasMessageContaining("tensor 'a.weight' holds Infinity at element 3");
    }

    /** The file is sparse: it takes no room on the disk, and none of it is read. */
    @Test
    void tensorLongerThanAnArrayIsNamed() throws Exception {
        long elements = (1L << 31) + 8;
        byte[] header = SafetensorsBytes.file(
                SafetensorsBytes.tensor(SafetensorsBytes.entry("I8", "[1," + elements + "]", "[0," + elements + "]")),
                0);
        Path path = Files.write(folder.resolve("long.safetensors"), header);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), header.length + elements - 1);
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThatThrownBy(() -> TensorBinder.bind(file, Map.of("a", List.of(1L, elements))))
                    .isInstanceOf(ModelException.class)
                    .hasMessage(path + ": tensors don't fit the model: 'a' I8 [1, 2147483656] has 2147483656 elements,"
                            + " expected at most 1073741824");
        }
    }

    /** Writes the last bytes of a file. */
    private static void putFloats(byte[] file, float... values) {
        ByteBuffer end = ByteBuffer.wrap(file, file.length - values.length * Float.BYTES, values.length * Float.BYTES);
        end.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    }

    private static byte[] int8(String entries) {
        return SafetensorsBytes.file("{" + entries + "}", 14);
    }
}
