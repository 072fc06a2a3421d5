package glimpse.engine.weights;

import static glimpse.engine.weights.SafetensorsBytes.entry;
import static glimpse.engine.weights.SafetensorsBytes.file;
import static glimpse.engine.weights.SafetensorsBytes.read;
import static glimpse.engine.weights.SafetensorsBytes.tensor;
import static glimpse.engine.weights.SafetensorsBytes.validFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Test
    void headerGivesMetadataAndTensorsInItsOrder() throws Exception {
        SafetensorsFile file = read(validFile());
        assertThat(file.metadata()).isEqualTo(Map.of("format", "pt", "café", "\n😀"));
        assertThat(file.tensors().values())
                .containsExactly(
                        new TensorInfo("weight", DType.F32, List.of(2L, 3L), 2, 26),
                        new TensorInfo("half", DType.F16, List.of(), 0, 2),
                        new TensorInfo("none", DType.I64, List.of(5L, 0L), 26, 26));
        assertThat(file.tensor("weight").elements()).isEqualTo(6);
        assertThat(file.tensor("half").elements()).isEqualTo(1);
        assertThat(file.tensor("none").elements()).isZero();
    }

    @Test
    void headerMapsCannotBeChanged() throws Exception {
        SafetensorsFile file = read(validFile());
        assertThatThrownBy(() -> file.metadata().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> file.tensors().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void f32IsReadBitForBit() throws Exception {
        int[] bits = {0, 0x80000000, 0x3F800000, 0x7F800000, 0x7FC00001, 1, 0xC2F6E979};
        byte[] bytes = file(tensor(entry("F32", "[7]", "[0,28]")), 28);
        ByteBuffer data = data(bytes, 28);
        for (int b : bits) {
            data.putInt(b);
        }
        float[] values = new float[7];
        read(bytes).read("a", values);
        for (int i = 0; i < bits.length; i++) {
            assertThat(Float.floatToRawIntBits(values[i])).isEqualTo(bits[i]);
        }
    }

    @Test
    void everyF16IsReadExactly() throws Exception {
        float[] values = allHalves("F16");
        for (int half = 0; half < values.length; half++) {
            int sign = half >> 15 == 0 ? 1 : -1;
            int exponent = half >> 10 & 0x1F;
            int fraction = half & 0x3FF;
            double expected = exponent == 31
                    ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.pow(2, exponent - 25);
            assertThat(Float.compare(values[half], (float) (sign * expected))).isZero();
        }
    }

    @Test
    void everyBf16IsReadExactly() throws Exception {
        float[] values = allHalves("BF16");
        for (int half = 0; half < values.length; half++) {
            assertThat(Float.floatToRawIntBits(values[half])).isEqualTo(half << 16);
        }
    }

    @Test
    void rangeOfElementsIsReadIntoPlace() throws Exception {
        for (String dtype : List.of("F32", "F16", "BF16")) {
            int size = DType.valueOf(dtype).bits() / 8 * 20_000;
            SafetensorsFile file = read(file(tensor(entry(dtype, "[100,200]", "[0," + size + "]")), size));
            float[] all = new float[20_000];
            file.read("a", all);
            float[] part = new float[10_010];
            file.read("a", 5_001, part, 7, 10_000);
            assertThat(part).startsWith(0, 0, 0, 0, 0, 0, 0).endsWith(0, 0, 0);
            for (int i = 0; i < 10_000; i++) {
                assertThat(Float.compare(part[7 + i], all[5_001 + i])).isZero();
            }
        }
    }

    @Test
    void rangeOutsideTheTensorOrTheDestinationIsRefused() throws Exception {
        SafetensorsFile file = read(validFile());
        float[] destination = new float[6];
        assertThatThrownBy(() -> file.read("weight", 1, destination, 0, 6))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> file.read("weight", -1, destination, 0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> file.read("weight", 0, destination, 1, 6))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> file.read("weight", new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 elements, expected 6");
    }

    @Test
    void integersAreNotReadAsFloat() throws Exception {
        SafetensorsFile file = read(validFile());
        assertThatThrownBy(() -> file.read("none", new float[0]))
                .isInstanceOfSatisfying(
                        SafetensorsException.class, e -> assertThat(e.rule()).isEqualTo(Rule.NOT_FLOAT))
                .hasMessageContaining("'none' is I64, expected F32, F16 or BF16");
    }

    @Test
    void absentTensorIsNamed() throws Exception {
        SafetensorsFile file = read(validFile());
        assertThatThrownBy(() -> file.tensor("wait"))
                .isInstanceOfSatisfying(
                        SafetensorsException.class, e -> assertThat(e.rule()).isEqualTo(Rule.TENSOR_NOT_FOUND))
                .hasMessageContaining("'wait'");
    }

    @Test
    void mappedFileReadsAsBytesInMemoryDo() throws Exception {
        Path path = Files.write(folder.resolve("model.safetensors"), validFile());
        float[] expected = new float[6];
        read(validFile()).read("weight", expected);
        float[] values = new float[6];
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            file.read("weight", values);
            assertThat(values).isEqualTo(expected);
            byte[] bytes = new byte[6];
            file.readBytes("weight", 4, bytes, 2, 4);
            assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(2))
                    .isEqualTo(expected[1]);
            assertThatThrownBy(() -> file.readBytes("weight", 21, bytes, 0, 4))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void closedFileCannotBeReadAndMayBeClosedAgain() throws Exception {
        Path path = Files.write(folder.resolve("model.safetensors"), validFile());
        SafetensorsFile file = SafetensorsFile.open(path);
        file.close();
        file.close();
        assertThatThrownBy(() -> file.read("weight", new float[6])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void errorNamesThePath() throws Exception {
        Path broken = Files.write(folder.resolve("broken.safetensors"), new byte[3]);
        assertThatThrownBy(() -> SafetensorsFile.open(broken)).hasMessageStartingWith(broken + ": ");
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> SafetensorsFile.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a file");
    }

    private static float[] allHalves(String dtype) throws SafetensorsException {
        byte[] bytes = file(tensor(entry(dtype, "[65536]", "[0,131072]")), 131072);
        ByteBuffer data = data(bytes, 131072);
        for (int half = 0; half < 65536; half++) {
            data.putShort((short) half);
        }
        float[] values = new float[65536];
        read(bytes).read("a", values);
        return values;
    }

    private static ByteBuffer data(byte[] file, int dataBytes) {
        return ByteBuffer.wrap(file, file.length - dataBytes, dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
