package glimpse.convert.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.engine.weights.DType;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsFile;
import glimpse.engine.weights.TensorBinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowQuantisationTest {
    private static final int ROWS = 40;
    private static final int ROW_LENGTH = 3000;

    @TempDir
    Path folder;

    @Test
    void noWeightChangesByMoreThanHalfItsRowsFactor() throws Exception {
        float[] weights = weights();
        Path path = write(quantised(weights));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.tensor("a.weight").dtype()).isEqualTo(DType.I8);
            TensorBinder binder = TensorBinder.bind(file, Map.of("a.weight", List.of(40L, 3000L)));
            float[] stored = binder.take("a.weight");
            for (int row = 0; row < ROWS; row++) {
                float largest = 0;
                for (int i = 0; i < ROW_LENGTH; i++) {
                    largest = Math.max(largest, Math.abs(weights[row * ROW_LENGTH + i]));
                }
                for (int i = row * ROW_LENGTH; i < (row + 1) * ROW_LENGTH; i++) {
                    assertThat(Math.abs(stored[i] - weights[i])).isLessThanOrEqualTo(largest / 254 * 1.0001f);
                }
            }
        }
    }

    @Test
    void rowsAreTakenAsFromTheWhole() throws Exception {
        Path path = write(quantised(weights()));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            TensorBinder binder = TensorBinder.bind(file, Map.of("a.weight", List.of(40L, 3000L)));
            float[] whole = binder.take("a.weight");
            float[] rows = new float[2 * ROW_LENGTH];
            binder.takeRows("a.weight", 17, 2, rows);
            assertThat(rows).isEqualTo(java.util.Arrays.copyOfRange(whole, 17 * ROW_LENGTH, 19 * ROW_LENGTH));
        }
    }

    @Test
    void integersNeedTheirFactors() throws Exception {
        List<StoredTensor> tensors = new ArrayList<>(quantised(weights()));
        tensors.removeLast();
        try (SafetensorsFile file = SafetensorsFile.open(write(tensors))) {
            assertThatThrownBy(() -> TensorBinder.bind(file, Map.of("a.weight", List.of(40L, 3000L))))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("a.weight.scale is missing, expected [40] as a.weight is I8");
        }
    }

    @Test
    void factorsWithoutIntegersBelongToNothing() throws Exception {
        StoredTensor.Elements zero = (first, destination, count) -> java.util.Arrays.fill(destination, 0, count, 0);
        List<StoredTensor> tensors = List.of(
                new StoredTensor("a.weight", List.of(1L, 1L), StoredType.F32, zero),
                new StoredTensor("a.weight.scale", List.of(1L), StoredType.F32, zero));
        try (SafetensorsFile file = SafetensorsFile.open(write(tensors))) {
            assertThatThrownBy(() -> TensorBinder.bind(file, Map.of("a.weight", List.of(1L, 1L))))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("'a.weight.scale' belongs to no part of the model");
        }
    }

    private Path write(List<StoredTensor> tensors) throws Exception {
        Path path = folder.resolve("file");
        SafetensorsWriter.write(path, Map.of(), tensors);
        return path;
    }

    private static List<StoredTensor> quantised(float[] weights) {
        return RowQuantisation.of(
                "a.weight",
                List.of(40L, 3000L),
                (first, destination, count) -> System.arraycopy(weights, (int) first, destination, 0, count));
    }

    /** Rows of very different size, one of them zero. */
    private static float[] weights() {
        SplittableRandom random = new SplittableRandom(6);
        float[] weights = new float[ROWS * ROW_LENGTH];
        for (int i = 0; i < weights.length; i++) {
            int row = i / ROW_LENGTH;
            weights[i] = row == 3 ? 0 : (float) (random.nextGaussian() * Math.pow(2, row - 20));
        }
        return weights;
    }
}
