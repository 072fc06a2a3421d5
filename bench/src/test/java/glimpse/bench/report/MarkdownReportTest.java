package glimpse.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
    @Test
    void aRowShowsTimeSpreadRateShareAndAllocation() {
        List<String> lines =
                MarkdownReport.lines("A processor", List.of(Rows.row("F.f", Map.of("threads", "1"), 10, 12, 14)));

        assertThat(lines)
                .contains("# A processor", "## models")
                .contains("| F.f | threads=1 | 12.00 ms | 16.7 % | 101.3 GFLOP/s | 87.5 % | 0 B |");
    }

    @Test
    void timesBelowATenthOfAMillisecondAreInMicroseconds() {
        assertThat(MarkdownReport.lines("A processor", List.of(Rows.row("F.f", Map.of(), 0.0125))))
                .anyMatch(line -> line.contains("| 12.50 µs |"));
    }

    @Test
    void ratiosFollowTheResults() {
        List<String> lines = MarkdownReport.lines(
                "A processor",
                List.of(Rows.row("F.f", Map.of("threads", "1"), 10), Rows.row("F.f", Map.of("threads", "2"), 5)));

        assertThat(lines.getLast()).isEqualTo("| threads 1 / 2 |  | F.f | 2.000 | 2.000 - 2.000 |");
    }
}
