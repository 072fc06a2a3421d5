package glimpse.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.plan.OperatingPoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mean/sum:0.97/raw/always | mean / sum | mean / sum:0.97, always",
                "rollout/top:3/jpeg:85/never | rollout / top, jpeg:85 | rollout / top:3, jpeg:85, never",
                "mean/all/deflate/margin:0.5 | mean / all, deflate | mean / all, deflate, margin:0.5",
                "mean/top:9+diverse:0.6/raw/always | mean / top, complementing | mean / top:9+diverse:0.6, always",
                "mean/rounds:top:9,all/raw/always/margin:0.5 | mean / rounds | mean / rounds:top:9,all, always until margin:0.5",
                "mean/rounds:top:9+diverse:0.6,all/raw/never/margin:0.5 | mean / rounds, complementing | mean /"
                        + " rounds:top:9+diverse:0.6,all, never until margin:0.5",
                "mean/rounds:random:9:0,all/raw/never/margin:0.5 | mean / random rounds | mean / rounds:random:9:0,all, never"
                        + " until margin:0.5",
                "file/jpeg:50/always | whole image, jpeg | all images whole, jpeg:50",
                "file/jpeg:50@96/min-entropy:0.5 | whole image, jpeg | whole images, jpeg:50@96, min-entropy:0.5",
                "file/png/always | whole image, png | all images whole, png"
            })
    void aPointHasAMethodAndAName(String spec, String method, String name) {
        OperatingPoint point = OperatingPoint.parse(spec);
        assertThat(PointText.method(point)).isEqualTo(method);
        assertThat(PointText.name(point)).isEqualTo(name);
    }
}
