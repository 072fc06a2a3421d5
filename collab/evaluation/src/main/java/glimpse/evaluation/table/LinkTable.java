package glimpse.evaluation.table;

import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.network.Distribution;
import java.util.List;
import java.util.Locale;

/** Times on links for a terminal. */
public final class LinkTable {
    private LinkTable() {}

    /** Returns a line for each row, lines ending in a line feed; an empty string if there are no rows. */
    public static String of(List<LinkRow> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        int upload = rows.stream().mapToInt(row -> upload(row).length()).max().orElse(0);
        int gate =
                rows.stream().mapToInt(row -> row.point().when().length()).max().orElse(0);
        int link =
                rows.stream().mapToInt(row -> row.link().name().length()).max().orElse(0);
        String format =
                "%-" + Math.max(upload, 6) + "s  %-" + Math.max(gate, 4) + "s  %-" + Math.max(link, 4) + "s  %s\n";
        StringBuilder text = new StringBuilder(
                "\nMilliseconds, p50 / p95 / p99, without the models' own time; radio: while the edge's radio is active"
                        + (rows.stream().anyMatch(LinkRow::once) ? "; once: lost packets aren't sent again" : "")
                        + ":\n\n");
        text.append(String.format(
                Locale.ROOT,
                format,
                "upload",
                "gate",
                "link",
                "latency per image, per offloaded image; radio per offloaded image"));
        for (LinkRow row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    format,
                    upload(row),
                    row.point().when(),
                    row.link().name(),
                    three(row.latencyPerImage()) + ", " + three(row.latencyPerOffloaded()) + "; "
                            + three(row.radioPerOffloaded())));
        }
        return text.toString();
    }

    private static String upload(LinkRow row) {
        return row.point().upload().spec() + (row.once() ? ", once" : "");
    }

    private static String three(Distribution distribution) {
        return Double.isNaN(distribution.p50())
                ? "-"
                : String.format(
                        Locale.ROOT, "%.1f / %.1f / %.1f", distribution.p50(), distribution.p95(), distribution.p99());
    }
}
