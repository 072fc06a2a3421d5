package glimpse.evaluation.table;

import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.paper.Comparison;
import glimpse.evaluation.paper.Measured;
import glimpse.evaluation.paper.PublishedFigure;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes published figures beside ours as comparison.csv and comparison.json, with all digits, and as comparison.md.
 */
public final class ComparisonFiles {
    private ComparisonFiles() {}

    /** Writes all three files into a run's folder. */
    public static void write(List<Comparison> comparisons, RunFolder folder) throws IOException {
        AtomicFile.write(folder.file("comparison.csv"), csv(comparisons));
        AtomicFile.write(folder.file("comparison.json"), json(comparisons));
        AtomicFile.write(folder.file("comparison.md"), markdown(comparisons));
    }

    private static Map<String, @Nullable Object> values(Comparison comparison) {
        PublishedFigure published = comparison.published();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("setting", published.setting().title());
        values.put("quantity", published.quantity().key());
        values.put("published", published.value());
        values.put("published_plus_minus", published.uncertainty());
        values.put("source", published.source());
        Optional<Measured> ours = comparison.ours();
        values.put("ours", ours.map(Measured::value).orElse(null));
        values.put("ours_low", ours.map(Measured::interval).map(Interval::low).orElse(null));
        values.put("ours_high", ours.map(Measured::interval).map(Interval::high).orElse(null));
        values.put("difference", ours.isEmpty() ? null : comparison.difference());
        values.put("verdict", comparison.verdict().name().toLowerCase(Locale.ROOT));
        return values;
    }

    /** Returns the comparisons as comma-separated values with a header; a field is empty where there is no number. */
    static String csv(List<Comparison> comparisons) {
        return Csv.table(comparisons.stream().map(ComparisonFiles::values).toList());
    }

    /** Returns the comparisons as a JSON array; a value is null where there is no number. */
    public static String json(List<Comparison> comparisons) {
        return Json.write(comparisons.stream().map(ComparisonFiles::values).toList()) + "\n";
    }

    /** Returns the comparisons as a table in Markdown. */
    static String markdown(List<Comparison> comparisons) {
        StringBuilder markdown = new StringBuilder(
                "| setting | quantity | published | ours | 95 % interval | difference | source |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (Comparison comparison : comparisons) {
            markdown.append("| ")
                    .append(String.join(" | ", ComparisonText.cells(comparison)))
                    .append(" |\n");
        }
        return markdown.toString();
    }
}
