package glimpse.engine.image.jpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JpegTransformTest {
    private static final int SIDE = 8;

    @Test
    void isWithinOneOfTheExactTransform() {
        Random random = new Random(1);
        short[] quantisation = new short[SIDE * SIDE];
        for (int i = 0; i < quantisation.length; i++) {
            quantisation[i] = (short) (1 + random.nextInt(20));
        }
        for (int round = 0; round < 500; round++) {
            short[] coefficients = new short[SIDE * SIDE];
            int count = 1 + random.nextInt(SIDE * SIDE);
            for (int i = 0; i < count; i++) {
                coefficients[random.nextInt(coefficients.length)] = (short) (random.nextGaussian() * 10);
            }
            byte[] samples = new byte[SIDE * SIDE];
            new JpegTransform().inverse(coefficients, 0, quantisation, samples, 0, SIDE);

            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    assertThat((double) (samples[y * SIDE + x] & 0xff))
                            .isCloseTo(exact(coefficients, quantisation, x, y), within(1.0));
                }
            }
        }
    }

    @Test
    void aBlockOfOneCoefficientTakesTheShortWayToTheSameSamples() {
        short[] quantisation = new short[SIDE * SIDE];
        Arrays.fill(quantisation, (short) 3);
        for (int dc = -400; dc <= 400; dc++) {
            short[] coefficients = new short[SIDE * SIDE];
            coefficients[0] = (short) dc;
            byte[] longWay = new byte[SIDE * SIDE];
            byte[] shortWay = new byte[SIDE * SIDE];

            new JpegTransform().inverse(coefficients, 0, quantisation, longWay, 0, SIDE);
            JpegTransform.inverseDc(dc, quantisation, shortWay, 0, SIDE);

            assertThat(shortWay).isEqualTo(longWay);
        }
    }

    /** ITU-T T.81, A.3.3, level shift and range limit included. */
    private static double exact(short[] coefficients, short[] quantisation, int x, int y) {
        double sum = 0;
        for (int v = 0; v < SIDE; v++) {
            for (int u = 0; u < SIDE; u++) {
                double scale = (u == 0 ? Math.sqrt(0.5) : 1) * (v == 0 ? Math.sqrt(0.5) : 1) / 4;
                sum += scale
                        * coefficients[v * SIDE + u]
                        * quantisation[v * SIDE + u]
                        * Math.cos((2 * x + 1) * u * Math.PI / 16)
                        * Math.cos((2 * y + 1) * v * Math.PI / 16);
            }
        }
        return Math.clamp(sum + 128, 0, 255);
    }
}
