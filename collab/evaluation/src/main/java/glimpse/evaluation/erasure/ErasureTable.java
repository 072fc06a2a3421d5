package glimpse.evaluation.erasure;

import glimpse.evaluation.metrics.TableRow;
import java.util.List;
import java.util.Locale;

/** What lost packets cost, for a terminal. */
public final class ErasureTable {
    private ErasureTable() {}

    /** Returns a line for each row, lines ending in a line feed; an empty string if there are no rows. */
    public static String of(List<ErasureRow> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        int upload = width(rows.stream().map(ErasureTable::upload).toList(), 6);
        int gate = width(rows.stream().map(row -> row.complete().point().when()).toList(), 4);
        int erasure = width(rows.stream().map(row -> row.erasure().spec()).toList(), 7);
        String texts = "%-" + upload + "s  %-" + gate + "s  %-" + erasure + "s";
        StringBuilder text = new StringBuilder("\nPackets that are lost and not sent again; bytes with the network's"
                + " headers; unanswered: nothing arrived, so the edge's prediction stands:\n\n");
        text.append(String.format(
                Locale.ROOT,
                texts + "  %7s  %6s  %8s  %10s  %10s  %6s  %7s\n",
                "upload",
                "gate",
                "erasure",
                "packets",
                "lost",
                "received",
                "unanswered",
                "up B/image",
                "top-1",
                "points"));
        for (ErasureRow row : rows) {
            TableRow complete = row.complete();
            text.append(String.format(
                    Locale.ROOT,
                    texts + "  %7s  %6s  %8s  %10d  %,10.0f  %6.4f  %+7.2f\n",
                    upload(row),
                    complete.point().when(),
                    row.erasure().spec(),
                    number("%.2f", row.meanPackets()),
                    number("%.4f", row.lostShare()),
                    number("%.2f", row.meanReceived()),
                    row.unanswered(),
                    row.upBytesPerImage(),
                    row.collaborative().top1(),
                    row.changePoints()));
        }
        return text.toString();
    }

    private static String upload(ErasureRow row) {
        return row.complete().point().upload().spec();
    }

    private static int width(List<String> texts, int least) {
        return Math.max(least, texts.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
