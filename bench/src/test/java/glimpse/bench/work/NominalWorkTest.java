package glimpse.bench.work;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.bench.report.Subset;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;

class NominalWorkTest {
    private static final Map<String, String> PARAMETERS =
            Map.of("model", "TINY", "threads", "1", "patches", "196", "batch", "1", "rows", "192", "shape", "768x192");

    @Test
    void aForwardPassOfDeitTinyIsTwiceItsMultiplyAdds() {
        // 12 blocks of linear layers and attention, the patch embedding, and the head
        double multiplyAdds = 12 * (197.0 * 12 * 192 * 192 + 2 * 197.0 * 197 * 192) + 196.0 * 768 * 192 + 192 * 1000;

        assertThat(of("ForwardBenchmark.forward")).isEqualTo(new Work.Flops(2 * multiplyAdds));
    }

    @Test
    void aLinearLayerIsRowsTimesColumnsTimesTokens() {
        assertThat(of("GemmBenchmark.gemm")).isEqualTo(new Work.Flops(2.0 * 768 * 192 * 197));
    }

    @Test
    void aBlockIsItsAttentionPlusItsMlp() {
        double attention = flops("LayerBenchmark.attention");

        assertThat(flops("LayerBenchmark.block")).isEqualTo(attention + flops("LayerBenchmark.mlp"));
        assertThat(flops("LayerBenchmark.attentionOfHeads")).isLessThan(attention);
    }

    @Test
    void everyBenchmarkButDecodingHasKnownWork() throws IOException {
        assertThat(benchmarks()).hasSizeGreaterThan(15);
        assertThat(benchmarks().filter(name -> of(name) instanceof Work.Unknown))
                .containsExactly("EndToEndBenchmark.decode");
    }

    @Test
    void everyBenchmarkIsInExactlyOneSubset() throws IOException {
        assertThat(benchmarks())
                .allSatisfy(name -> assertThat(Stream.of(Subset.values())
                                .filter(subset -> Pattern.compile(subset.pattern(""))
                                        .matcher("." + name)
                                        .find()))
                        .hasSize(1));
    }

    private static double flops(String benchmark) {
        return ((Work.Flops) of(benchmark)).count();
    }

    private static Work of(String benchmark) {
        return NominalWork.of(benchmark, name -> Objects.requireNonNull(PARAMETERS.get(name), name));
    }

    /** Returns all benchmarks in JMH's list as {@code Class.method}. */
    private static Stream<String> benchmarks() throws IOException {
        try (BufferedReader list = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(NominalWorkTest.class.getResourceAsStream(BenchmarkList.BENCHMARK_LIST)),
                StandardCharsets.UTF_8))) {
            List<String> names = list.lines()
                    .map(line -> new BenchmarkListEntry(line).getUsername())
                    .map(name -> name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
                    .sorted()
                    .toList();
            return names.stream();
        }
    }
}
