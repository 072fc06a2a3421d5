package glimpse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SubsetTest {
    @Test
    void aFilterMayMatchAnywhereInTheName() {
        Pattern pattern = Pattern.compile(Subset.KERNELS.pattern("multiply|gelu"));

        assertThat("glimpse.bench.KernelBenchmark.multiplyTail").containsPattern(pattern);
        assertThat("glimpse.bench.KernelBenchmark.gelu").containsPattern(pattern);
        assertThat("glimpse.bench.KernelBenchmark.softmax").doesNotContainPattern(pattern);
    }

    @Test
    void aFilterNeverReachesBeyondTheSubset() {
        Pattern pattern = Pattern.compile(Subset.MODELS.pattern("multiply|forward"));

        assertThat("glimpse.bench.ForwardBenchmark.forward").containsPattern(pattern);
        assertThat("glimpse.bench.KernelBenchmark.multiply").doesNotContainPattern(pattern);
        assertThat("glimpse.bench.PeerBenchmark.forward").doesNotContainPattern(pattern);
    }

    @Test
    void theTextIsTheNameInLowerCaseWithHyphens() {
        assertThat(Subset.END_TO_END.text()).isEqualTo("end-to-end");
    }
}
