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
