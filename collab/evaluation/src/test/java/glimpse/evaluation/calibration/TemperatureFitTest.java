package glimpse.evaluation.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.engine.Prediction;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperatureFitTest {
    /** Labels are drawn from the prediction at some temperature, which the fit must find. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1, 2.5})
    void theTemperatureThatLabelsWereDrawnAtIsFound(double temperature) {
        Random random = new Random(9);
        TemperatureFit fit = new TemperatureFit();
        for (int image = 0; image < 4000; image++) {
            float[] logits = new float[5];
            float[] divided = new float[5];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) (3 * temperature * random.nextGaussian());
                divided[i] = (float) (logits[i] / temperature);
            }
            fit.add(logits, draw(Prediction.softmax(divided), random));
        }
        assertThat(fit.temperature()).isCloseTo(temperature, within(0.07 * temperature));
        assertThat(fit.images()).isEqualTo(4000);
    }

    private static int draw(Prediction prediction, Random random) {
        double left = random.nextDouble();
        int index = 0;
        while (index < prediction.classes() - 1 && left >= prediction.probability(index)) {
            left -= prediction.probability(index++);
        }
        return index;
    }

    @Test
    void modelsThatAreNeverWrongGetTheLowestTemperatureOfTheRow() {
        TemperatureFit fit = new TemperatureFit();
        fit.add(new float[] {5, 0, 0}, 0);
        assertThat(fit.temperature()).isEqualTo(0.063);
    }

    @Test
    void noImagesChangeNothing() {
        assertThat(new TemperatureFit().temperature()).isEqualTo(1);
    }
}
