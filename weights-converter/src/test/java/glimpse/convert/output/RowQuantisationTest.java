package glimpse.convert.output;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.weights.DType;
import glimpse.engine.weights.SafetensorsFile;
import java.nio.file.Path;
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
    void noWeightChangesByMoreThanHalfItsRowsScale() throws Exception {
        float[] weights = weights();
        Path path = write(quantised(weights));
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.tensor("a.weight").dtype()).isEqualTo(DType.I8);
            assertThat(file.tensor("a.weight.scale").dtype()).isEqualTo(DType.F32);
            byte[] integers = new byte[ROWS * ROW_LENGTH];
            file.readBytes("a.weight", 0, integers, 0, integers.length);
            float[] scales = new float[ROWS];
            file.read("a.weight.scale", scales);
            for (int row = 0; row < ROWS; row++) {
                float largest = 0;
                for (int i = 0; i < ROW_LENGTH; i++) {
                    largest = Math.max(largest, Math.abs(weights[row * ROW_LENGTH + i]));
                }
                for (int i = row * ROW_LENGTH; i < (row + 1) * ROW_LENGTH; i++) {
                    assertThat(Math.abs(integers[i] * scales[row] - weights[i]))
                            .isLessThanOrEqualTo(largest / 254 * 1.0001f);
                }
            }
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
