package glimpse.evaluation.report;

import glimpse.evaluation.erasure.ErasureRow;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.table.Numbers;
import java.util.List;
import java.util.Locale;

/** What lost packets cost, as a section of the page. */
final class ErasureHtml {
    private ErasureHtml() {}

    /**
     * Returns the losses of the operating point, with and without its gate, and of files; an empty string without
     * erasures.
     */
    static String of(List<ErasureRow> all, OperatingPoint chosen) {
        List<List<String>> rows = all.stream()
                .filter(row -> LinkHtml.compares(row.complete().point(), chosen))
                .map(ErasureHtml::cells)
                .toList();
        if (rows.isEmpty()) {
            return "";
        }
        return "<h2>Lost packets</h2>\n<p>Packets that are lost and not sent again: the server answers from the patches that"
                + " arrive, and of a file from what comes before the first lost packet. Where nothing arrives, the edge's"
                + " prediction stands. Bytes include the network's headers.</p>\n"
                + PointTables.table(
                        "texts",
                        List.of(
                                "upload",
                                "gate",
                                "packets lost",
                                "MTU",
                                "in a row",
                                "packets",
                                "patches that arrive",
                                "unanswered",
                                "bytes up / image",
                                "top-1",
                                "change, points"),
                        rows,
                        -1);
    }

    private static List<String> cells(ErasureRow row) {
        Upload upload = row.complete().point().upload();
        Erasure erasure = row.erasure();
        return List.of(
                upload.selection() + ", " + upload.codec(),
                row.complete().point().when(),
                Numbers.percent(erasure.share()),
                Integer.toString(erasure.packetBytes()),
                erasure.meanBurst().map(burst -> Numbers.number("%.1f", burst)).orElse("independent"),
                Numbers.number("%.2f", row.meanPackets()),
                Numbers.number("%.2f", row.meanReceived()),
                Integer.toString(row.unanswered()),
                String.format(Locale.ROOT, "%,.0f", row.upBytesPerImage()),
                Numbers.percent(row.collaborative().top1()),
                String.format(Locale.ROOT, "%+.2f", row.changePoints()));
    }
}
