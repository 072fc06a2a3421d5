package glimpse.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** The results as Markdown tables, one section per subset. */
final class MarkdownReport {
    private static final double SMALL_MILLIS = 0.1;

    private MarkdownReport() {}

    static List<String> lines(String title, List<ResultRow> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + title);
        lines.add("");
        lines.add(
                "Times are medians; spread is the interquartile range. Rates count nominal work and are compared with a"
                        + " peak measured in the same process just before: fused multiply-adds for GFLOP/s, copying for GB/s."
                        + " Allocation is per operation and includes the harness's own.");
        Set<String> subsets = new LinkedHashSet<>();
        rows.forEach(row -> subsets.add(row.subset()));
        for (String subset : subsets) {
            List<ResultRow> own =
                    rows.stream().filter(row -> row.subset().equals(subset)).toList();
            lines.add("");
            lines.add("## " + subset);
            lines.add("");
            lines.addAll(results(own));
            List<Ratio> ratios = Ratio.of(own);
            if (!ratios.isEmpty()) {
                lines.add("");
                lines.addAll(ratios(ratios));
            }
        }
        return lines;
    }

    private static List<String> results(List<ResultRow> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("| benchmark | parameters | time | spread | rate | of peak | allocated |");
        lines.add("|---|---|---:|---:|---:|---:|---:|");
        for (ResultRow row : rows) {
            lines.add(cells(
                    row.benchmark(),
                    row.parameterText(),
                    time(row.millis().median()),
                    percent(OptionalDouble.of(row.millis().spreadPercent())),
                    row.rate().isPresent() ? one(row.rate().getAsDouble()) + " " + row.unit() : "",
                    percent(row.sharePercent()),
                    row.allocatedBytes().isPresent()
                            ? Math.round(row.allocatedBytes().getAsDouble()) + " B"
                            : ""));
        }
        return lines;
    }

    private static List<String> ratios(List<Ratio> ratios) {
        List<String> lines = new ArrayList<>();
        lines.add("| time ratio | parameters | benchmark | median | quartiles |");
        lines.add("|---|---|---|---:|---:|");
        for (Ratio ratio : ratios) {
            lines.add(cells(
                    ratio.title(),
                    ratio.parameterText(),
                    ratio.benchmark(),
                    three(ratio.value()),
                    three(ratio.low()) + " - " + three(ratio.high())));
        }
        return lines;
    }

    private static String cells(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private static String time(double millis) {
        boolean small = millis < SMALL_MILLIS;
        return String.format(Locale.ROOT, "%.4g", small ? 1000 * millis : millis) + (small ? " µs" : " ms");
    }

    private static String percent(OptionalDouble value) {
        return value.isPresent() ? one(value.getAsDouble()) + " %" : "";
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String three(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
