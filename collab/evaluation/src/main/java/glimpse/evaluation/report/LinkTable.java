package glimpse.evaluation.report;

import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.network.Distribution;
import java.util.List;
import java.util.Locale;

/** Times on links for a terminal. */
public final class LinkTable {
    private LinkTable() {}

    /** A line for each row, lines ending in a line feed; nothing for no rows. */
    public static String of(List<LinkRow> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        int sent = rows.stream()
                .mapToInt(row -> row.point().upload().spec().length())
                .max()
                .orElse(0);
        int gate = rows.stream()
                .mapToInt(row -> row.point().gate().spec().length())
                .max()
                .orElse(0);
        int link = rows.stream().mapToInt(row -> row.link().length()).max().orElse(0);
        String form = "%-" + Math.max(sent, 4) + "s  %-" + Math.max(gate, 4) + "s  %-" + Math.max(link, 4) + "s  %s\n";
        StringBuilder text = new StringBuilder(
                "\nMilliseconds, p50 / p95 / p99, without the models' own time; the radio's are those at work:\n\n");
        text.append(String.format(
                Locale.ROOT, form, "sent", "gate", "link", "latency per image, per image sent; radio per image sent"));
        for (LinkRow row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    form,
                    row.point().upload().spec(),
                    row.point().gate().spec(),
                    row.link(),
                    three(row.latencyPerImage()) + ", " + three(row.latencyPerOffloaded()) + "; "
                            + three(row.radioPerOffloaded())));
        }
        return text.toString();
    }

    private static String three(Distribution distribution) {
        return Double.isNaN(distribution.p50())
                ? "-"
                : String.format(
                        Locale.ROOT, "%.1f / %.1f / %.1f", distribution.p50(), distribution.p95(), distribution.p99());
    }
}
