package glimpse.collab.codec.mosaic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DctTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void forwardIsTheOrthonormalDctInEighths(int side) {
        int[] block = new Random(side).ints((long) side * side, -255, 256).toArray();
        int[] coefficients = new int[Block.SIZE];
        new Dct().forward(block, side, side, coefficients);
        for (int v = 0; v < side; v++) {
            for (int u = 0; u < side; u++) {
                double exact = 0;
                for (int i = 0; i < block.length; i++) {
                    exact += block[i] * basis(side, v, i / side) * basis(side, u, i % side);
                }
                assertThat((double) coefficients[v * Block.STRIDE + u]).isCloseTo(8 * exact, within(4.0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void inverseRestoresTheBlock(int side) {
        int[] block = new Random(side).ints((long) side * side, -255, 256).toArray();
        int[] coefficients = new int[Block.SIZE];
        int[] restored = new int[side * side];
        Dct dct = new Dct();
        dct.forward(block, side, side, coefficients);
        dct.inverse(coefficients, side, side, restored);
        for (int i = 0; i < block.length; i++) {
            assertThat(restored[i]).isBetween(block[i] - 1, block[i] + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void anInverseOfTheLowestFrequenciesTakesTheOthersAsZeros(int side) {
        int[] coefficients = new int[Block.SIZE];
        coefficients[0] = 800;
        coefficients[1] = -300;
        coefficients[Block.STRIDE] = 77;
        int[] all = new int[side * side];
        int[] few = new int[side * side];
        new Dct().inverse(coefficients, side, side, all);
        new Dct().inverse(coefficients, side, 2, few);
        assertThat(few).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void coefficientsBeyondAllMeasureAreLimited(int side) {
        int[] coefficients = new int[Block.SIZE];
        int[] limited = new int[Block.SIZE];
        Random random = new Random(side);
        for (int i = 0; i < side; i++) {
            for (int k = 0; k < side; k++) {
                int coefficient = random.nextInt();
                coefficients[i * Block.STRIDE + k] = coefficient;
                limited[i * Block.STRIDE + k] = Math.clamp(coefficient, -32768, 32768);
            }
        }
        int[] block = new int[side * side];
        int[] ofLimited = new int[side * side];
        new Dct().inverse(coefficients, side, side, block);
        new Dct().inverse(limited, side, side, ofLimited);
        assertThat(block).isEqualTo(ofLimited);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void aLineIsTheTransformOfABlockOfEqualRows(int side) {
        int[] line = new Random(side).ints(side, 0, 256).toArray();
        int[] block = new int[side * side];
        for (int i = 0; i < block.length; i++) {
            block[i] = line[i % side];
        }
        int[] coefficients = new int[Block.SIZE];
        new Dct().forward(block, side, side, coefficients);
        float[] ofLine = new float[side];
        Dct.line(line, side, ofLine);
        for (int u = 0; u < side; u++) {
            assertThat((double) ofLine[u]).isCloseTo(coefficients[u], within(4.0));
        }
    }

    private static double basis(int side, int frequency, int place) {
        double scale = Math.sqrt((frequency == 0 ? 1.0 : 2.0) / side);
        return scale * Math.cos((2 * place + 1) * frequency * Math.PI / (2 * side));
    }
}
