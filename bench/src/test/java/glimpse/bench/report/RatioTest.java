package glimpse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatioTest {
    @Test
    void theTimeOfOneThreadIsDividedByThatOfTwo() {
        List<Ratio> ratios = Ratio.of(List.of(
                Rows.row("F.f", Map.of("model", "TINY", "threads", "1"), 30),
                Rows.row("F.f", Map.of("model", "TINY", "threads", "2"), 16)));

        assertThat(ratios).singleElement().satisfies(ratio -> {
            assertThat(ratio.title()).isEqualTo("threads 1 / 2");
            assertThat(ratio.value()).isEqualTo(1.875);
            assertThat(ratio.parameterText()).isEqualTo("model=TINY");
        });
    }

    @Test
    void theTimeOfFewerPatchesIsDividedByThatOfAll() {
        List<Ratio> ratios = Ratio.of(
                List.of(Rows.row("F.f", Map.of("patches", "148"), 75), Rows.row("F.f", Map.of("patches", "196"), 100)));

        assertThat(ratios).singleElement().satisfies(ratio -> {
            assertThat(ratio.title()).isEqualTo("patches 148 / 196");
            assertThat(ratio.value()).isEqualTo(0.75);
        });
    }

    @Test
    void thisEnginesTimeIsDividedByAPeersAndBoundedByTheirQuartiles() {
        List<Ratio> ratios = Ratio.of(List.of(
                Rows.row("P.p", Map.of("engine", "GLIMPSE"), 8, 9, 10),
                Rows.row("P.p", Map.of("engine", "OPENVINO"), 10, 12, 14)));

        assertThat(ratios).singleElement().satisfies(ratio -> {
            assertThat(ratio.title()).isEqualTo("engine GLIMPSE / OPENVINO");
            assertThat(ratio.value()).isEqualTo(0.75);
            assertThat(ratio.low()).isEqualTo(8.5 / 13);
            assertThat(ratio.high()).isEqualTo(9.5 / 11);
        });
    }

    @Test
    void resultsThatDifferInMoreThanOneParameterHaveNoRatio() {
        assertThat(Ratio.of(List.of(
                        Rows.row("F.f", Map.of("model", "TINY", "threads", "1"), 30),
                        Rows.row("F.f", Map.of("model", "BASE", "threads", "2"), 160),
                        Rows.row("G.g", Map.of("model", "BASE", "threads", "1"), 300))))
                .isEmpty();
    }
}
