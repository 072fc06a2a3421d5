package glimpse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void theMedianIsTheMiddleValueOrTheMeanOfTheMiddleTwo() {
        assertThat(Sample.of(5, 1, 3).median()).isEqualTo(3);
        assertThat(Sample.of(4, 1, 3, 2).median()).isEqualTo(2.5);
    }

    @Test
    void theSpreadIsTheInterquartileRangeWhichAnOutlierDoesNotMove() {
        Sample sample = Sample.of(10, 11, 12, 13, 1000);

        assertThat(sample.low()).isEqualTo(11);
        assertThat(sample.high()).isEqualTo(13);
        assertThat(sample.spreadPercent()).isCloseTo(16.67, within(0.01));
    }

    @Test
    void noMeasurementsAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(Sample::of).withMessageContaining("at least one");
    }
}
