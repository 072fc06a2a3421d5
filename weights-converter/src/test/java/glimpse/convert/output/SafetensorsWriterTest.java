package glimpse.convert.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.error.ConvertException;
import glimpse.engine.weights.DType;
import glimpse.engine.weights.SafetensorsFile;
import glimpse.engine.weights.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    @TempDir
    Path folder;

    @Test
    void tensorsAndMetadataKeepTheirOrderAndValues() throws Exception {
        Path path = folder.resolve("file");
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("z", "tab\t, newline\n, quote \", é, 😀, \u0001");
        metadata.put("a", "");
        List<StoredTensor> tensors = List.of(
                counting("second", List.of(3L, 50_000L), DType.F32),
                counting("first", List.of(), DType.BF16),
                counting("none", List.of(0L, 4L), DType.F16));
        long bytes = SafetensorsWriter.write(path, metadata, tensors);
        assertThat(Files.size(path)).isEqualTo(bytes);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.metadata()).containsExactlyEntriesOf(metadata);
            assertThat(file.tensors().values())
                    .containsExactly(
                            new TensorInfo("second", DType.F32, List.of(3L, 50_000L), 0, 600_000),
                            new TensorInfo("first", DType.BF16, List.of(), 600_000, 600_002),
                            new TensorInfo("none", DType.F16, List.of(0L, 4L), 600_002, 600_002));
            float[] values = new float[150_000];
            file.read("second", values);
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isEqualTo(i);
            }
        }
    }

    @Test
    void dataBeginsAtAMultipleOfEight() throws Exception {
        for (int length = 0; length < 9; length++) {
            Path path = folder.resolve("file");
            SafetensorsWriter.write(path, Map.of(), List.of(counting("n".repeat(length + 1), List.of(1L), DType.F32)));
            long header = ByteBuffer.wrap(Files.readAllBytes(path))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getLong();
            assertThat(header % 8).isZero();
        }
    }

    @Test
    void valueBeyondTheTypeIsRefusedAndLeavesTheOldFile() throws Exception {
        Path path = Files.writeString(folder.resolve("file"), "old");
        StoredTensor.Elements large = (first, destination, count) -> destination[0] = 65_520;
        List<StoredTensor> half = List.of(new StoredTensor("big", List.of(1L), DType.F16, large));
        assertThatThrownBy(() -> SafetensorsWriter.write(path, Map.of(), half))
                .isInstanceOf(ConvertException.class)
                .hasMessage("tensor big holds 65520.0, beyond the range of F16; choose f32 or bf16");
        assertThat(path).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(path));
    }

    @Test
    void valueThatIsNotFiniteIsRefused() {
        for (DType type : List.of(DType.F32, DType.F16, DType.BF16)) {
            StoredTensor.Elements broken = (first, destination, count) -> destination[0] = Float.NEGATIVE_INFINITY;
            List<StoredTensor> tensors = List.of(new StoredTensor("a", List.of(1L), type, broken));
            assertThatThrownBy(() -> SafetensorsWriter.write(folder.resolve("file"), Map.of(), tensors))
                    .isInstanceOf(ConvertException.class)
                    .hasMessage("tensor a would hold -Infinity, expected finite weights");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aNewFileNeverReplacesOneThatAppearedMeanwhile() throws Exception {
        Path path = folder.resolve("file");
        StoredTensor.Elements slow = (first, destination, count) -> Files.writeString(path, "another's");
        List<StoredTensor> tensors = List.of(new StoredTensor("a", List.of(1L), DType.F32, slow));
        assertThatThrownBy(() -> SafetensorsWriter.create(path, Map.of(), tensors))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(path).hasContent("another's");
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(path));
    }

    @Test
    void aNewFileIsComplete() throws Exception {
        Path path = folder.resolve("file");
        long bytes = SafetensorsWriter.create(path, Map.of(), List.of(counting("a", List.of(3L), DType.F32)));
        assertThat(path).hasSize(bytes);
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(path));
    }

    @Test
    void whatAKilledProcessHasLeftOfTheSameFileIsDeleted() throws Exception {
        Path path = folder.resolve("file.(1)");
        String ended = "7fffffff"; // beyond any process id
        String alive =
                Long.toHexString(ProcessHandle.current().parent().orElseThrow().pid());
        Files.writeString(folder.resolve(".file.(1)." + ended + ".tmp"), "half");
        Files.writeString(folder.resolve(".file.(1)." + ended + "-exact.tmp"), "half");
        List<Path> kept = List.of(
                Files.writeString(folder.resolve(".file.(1)." + alive + ".tmp"), "being written"),
                Files.writeString(folder.resolve(".file.(1).notes.tmp"), "another's"),
                Files.writeString(folder.resolve(".file.(2)." + ended + ".tmp"), "of another file"),
                Files.writeString(folder.resolve("file.(1)." + ended + ".tmp"), "another's"));
        SafetensorsWriter.create(path, Map.of(), List.of(counting("a", List.of(3L), DType.F32)));
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> !file.equals(path))).containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    @Test
    void aFileBesideAnotherLeavesItAlone() throws Exception {
        Path path = Files.writeString(folder.resolve("file"), "old");
        Path beside = SafetensorsWriter.writeBeside(path, Map.of(), List.of(counting("a", List.of(3L), DType.F32)));
        assertThat(path).hasContent("old");
        try (SafetensorsFile file = SafetensorsFile.open(beside)) {
            assertThat(file.tensors()).containsOnlyKeys("a");
        }
        StoredTensor.Elements broken = (first, destination, count) -> destination[0] = Float.NaN;
        List<StoredTensor> tensors = List.of(new StoredTensor("a", List.of(1L), DType.F32, broken));
        assertThatThrownBy(() -> SafetensorsWriter.writeBeside(path, Map.of(), tensors))
                .isInstanceOf(ConvertException.class);
        assertThat(beside).doesNotExist();
    }

    @Test
    void failureOfTheSourceLeavesNoFile() {
        StoredTensor.Elements failing = (first, destination, count) -> {
            throw new IOException("disk on fire");
        };
        List<StoredTensor> tensors = List.of(new StoredTensor("a", List.of(1L), DType.F32, failing));
        assertThatThrownBy(() -> SafetensorsWriter.write(folder.resolve("file"), Map.of(), tensors))
                .hasMessage("disk on fire");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void bfloat16IsRoundedToTheNearestAndTiesToEven() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++) {
            int bits = i < 40 ? (0x3F80 + i) << 16 | 0x8000 : random.nextInt();
            float value = Float.intBitsToFloat(bits);
            if (Math.abs(value) >= Float.intBitsToFloat(0x7F7F0000) || Float.isNaN(value)) {
                continue;
            }
            int rounded = ElementEncoder.toBfloat16(value) & 0xFFFF;
            double error = Math.abs((double) Float.intBitsToFloat(rounded << 16) - value);
            double above = Math.abs((double) Float.intBitsToFloat((rounded + 1) << 16) - value);
            double below = Math.abs((double) Float.intBitsToFloat((rounded - 1) << 16) - value);
            assertThat(error).isLessThanOrEqualTo(Math.min(above, Double.isNaN(below) ? above : below));
            if (error == above || error == below) {
                assertThat(rounded % 2).isZero();
            }
        }
    }

    @Test
    void notANumberStaysNotANumber() {
        for (int bits : new int[] {0x7F800001, 0xFFFFFFFF, 0x7FC00000, 0xFF800001}) {
            float stored = Float.intBitsToFloat(ElementEncoder.toBfloat16(Float.intBitsToFloat(bits)) << 16);
            assertThat(stored).isNaN();
        }
    }

    private static StoredTensor counting(String name, List<Long> shape, DType type) {
        return new StoredTensor(name, shape, type, (first, destination, count) -> {
            for (int i = 0; i < count; i++) {
                destination[i] = first + i;
            }
        });
    }
}
