package glimpse.evaluation.table;

import glimpse.evaluation.paper.Comparison;
import glimpse.evaluation.paper.Conditions;
import java.util.List;
import java.util.Locale;

/** Published figures beside ours for a terminal. */
public final class ComparisonTable {
    private static final List<String> TITLES = List.of("setting", "figure", "published", "ours", "95 % interval", "");

    private ComparisonTable() {}

    /** Returns what keeps the run from being a reproduction, and a line per published figure. */
    public static String of(List<Comparison> comparisons, Conditions conditions) {
        StringBuilder text = new StringBuilder();
        if (!conditions.isReproduction()) {
            text.append("Not a reproduction of the paper: ")
                    .append(String.join(" ", conditions.departures()))
                    .append("\n\n");
        }
        List<List<String>> lines = comparisons.stream()
                .map(comparison -> ComparisonText.cells(comparison).subList(0, TITLES.size()))
                .toList();
        int[] widths = new int[TITLES.size()];
        for (int column = 0; column < widths.length; column++) {
            int index = column;
            widths[column] = lines.stream()
                    .mapToInt(line -> line.get(index).length())
                    .reduce(TITLES.get(column).length(), Math::max);
        }
        line(text, TITLES, widths);
        lines.forEach(line -> line(text, line, widths));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(String.format(Locale.ROOT, "%-" + Math.max(1, widths[column]) + "s  ", cells.get(column)));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
