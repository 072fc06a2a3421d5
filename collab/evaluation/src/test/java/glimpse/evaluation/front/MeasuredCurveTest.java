package glimpse.evaluation.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredCurveTest {
    /** Makes a curve of pairs of bytes and accuracy. */
    private static MeasuredCurve curve(double... pairs) {
        List<Figures> points = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            points.add(new Figures(pairs[i + 1], 0, pairs[i]));
        }
        return MeasuredCurve.of(points, Measure.BYTES);
    }

    @Test
    void betweenTwoPointsItIsLogarithmic() {
        assertThat(curve(100, 0.8, 400, 0.9).reaching(0.85)).isEqualTo(200, within(1e-9));
        assertThat(curve(400, 0.9, 100, 0.8).reaching(0.9)).isEqualTo(400, within(1e-9));
    }

    @Test
    void fromNothingItIsLinear() {
        assertThat(curve(0, 0.8, 400, 0.9).reaching(0.85)).isEqualTo(200, within(1e-9));
    }

    @Test
    void itBeginsAtTheFirstPointAndEndsAtTheLast() {
        assertThat(curve(100, 0.8, 400, 0.9).reaching(0.7)).isEqualTo(100);
        assertThat(curve(100, 0.8, 400, 0.9).reaching(0.91)).isNaN();
        assertThat(curve(100, 0.8).reaching(0.8)).isEqualTo(100);
    }

    /** One lucky point among others isn't taken at its word. */
    @Test
    void pointsThatFallArePooled() {
        MeasuredCurve curve = curve(100, 0.80, 200, 0.90, 300, 0.86, 800, 0.94);
        assertThat(curve.reaching(0.88)).isEqualTo(200, within(1e-9));
        assertThat(curve.reaching(0.90)).isBetween(300.0, 800.0);
    }
}
