package glimpse.evaluation.table;

import glimpse.collab.gate.StopRule;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * A column of the table.
 *
 * @param name its name in table.csv and table.json
 * @param title its title in table.md
 * @param format how numbers are rounded in table.md, a pattern of {@link String#format}; {@code %s} for text and counts
 * @param value gives the text, number or, where there is none, NaN of a row
 */
record Column(String name, String title, String format, BiFunction<ResultTable, TableRow, Object> value) {
    private static final String SHARE = "%.4f";
    private static final String COUNT = "%s";
    private static final String BYTES = "%,.0f";

    private static final Column UNTIL = new Column(
            OperatingPoint.UNTIL,
            "until",
            COUNT,
            (table, row) -> row.point().until().map(StopRule::spec).orElse(""));

    private static final Column EXCHANGES =
            new Column("mean_exchanges", "mean exchanges", SHARE, (table, row) -> row.meanExchanges());

    private static final List<Column> WITHOUT_ROUNDS = List.of(
            new Column("images", "images", COUNT, (table, row) -> table.images()),
            new Column("failed", "failed", COUNT, (table, row) -> table.failed()),
            new Column(
                    "edge_top1",
                    "edge top-1",
                    SHARE,
                    (table, row) -> table.edge().top1()),
            new Column(
                    "edge_top5",
                    "edge top-5",
                    SHARE,
                    (table, row) -> table.edge().top5()),
            new Column(
                    "score",
                    "score",
                    COUNT,
                    (table, row) -> row.point().upload().score()),
            new Column(
                    "selection",
                    "selection",
                    COUNT,
                    (table, row) -> row.point().upload().selection()),
            new Column(
                    "codec",
                    "codec",
                    COUNT,
                    (table, row) -> row.point().upload().codec()),
            new Column("gate", "gate", COUNT, (table, row) -> row.point().gate().spec()),
            new Column("mean_kept", "mean patches kept", SHARE, (table, row) -> row.meanKept()),
            new Column("mean_least_score", "lowest score", "%.5f", (table, row) -> row.meanLowestScore()),
            new Column("mean_score_sum", "sum of scores", SHARE, (table, row) -> row.meanSumOfScores()),
            new Column("confident", "confident", COUNT, (table, row) -> row.confident()),
            new Column("cost", "cost", "%.6f", (table, row) -> row.cost()),
            new Column(
                    "collaborative_top1",
                    "collaborative top-1",
                    SHARE,
                    (table, row) -> row.collaborative().top1()),
            new Column(
                    "collaborative_top5",
                    "collaborative top-5",
                    SHARE,
                    (table, row) -> row.collaborative().top5()),
            new Column(
                    "server_on_kept_top1",
                    "server on kept patches top-1",
                    SHARE,
                    (table, row) -> row.serverOnKept().top1()),
            new Column(
                    "server_on_kept_top5",
                    "server on kept patches top-5",
                    SHARE,
                    (table, row) -> row.serverOnKept().top5()),
            new Column(
                    "server_whole_top1",
                    "server on whole images top-1",
                    SHARE,
                    (table, row) -> table.serverBaseline()
                            .map(accuracy -> accuracy.top1())
                            .orElse(Double.NaN)),
            new Column(
                    "server_whole_top5",
                    "server on whole images top-5",
                    SHARE,
                    (table, row) -> table.serverBaseline()
                            .map(accuracy -> accuracy.top5())
                            .orElse(Double.NaN)),
            new Column(
                    "up_bytes_per_image",
                    "bytes up / image",
                    BYTES,
                    (table, row) -> row.communication().upPerImage()),
            new Column(
                    "down_bytes_per_image",
                    "bytes down / image",
                    BYTES,
                    (table, row) -> row.communication().downPerImage()),
            new Column(
                    "up_bytes_per_offloaded",
                    "bytes up / offloaded",
                    BYTES,
                    (table, row) -> row.communication().upPerOffloaded()),
            new Column(
                    "down_bytes_per_offloaded",
                    "bytes down / offloaded",
                    BYTES,
                    (table, row) -> row.communication().downPerOffloaded()),
            new Column(
                    "up_of_raw_per_image",
                    "share of raw / image",
                    SHARE,
                    (table, row) -> row.communication().shareOfRawPerImage()),
            new Column(
                    "up_of_raw_per_offloaded",
                    "share of raw / offloaded",
                    SHARE,
                    (table, row) -> row.communication().shareOfRawPerOffloaded()),
            new Column(
                    "up_of_file_per_image",
                    "share of file / image",
                    SHARE,
                    (table, row) -> row.communication().shareOfFilePerImage()),
            new Column(
                    "up_of_file_per_offloaded",
                    "share of file / offloaded",
                    SHARE,
                    (table, row) -> row.communication().shareOfFilePerOffloaded()));

    /** Returns the columns of a table: two more if an upload is in rounds. */
    static List<Column> of(ResultTable table) {
        if (!table.hasRounds()) {
            return WITHOUT_ROUNDS;
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : WITHOUT_ROUNDS) {
            columns.add(column);
            if (column.name().equals("gate")) {
                columns.addAll(List.of(UNTIL, EXCHANGES));
            }
        }
        return columns;
    }

    /** Returns the value with all its digits; an empty string where there is none. */
    String exact(ResultTable table, TableRow row) {
        Object exact = value.apply(table, row);
        return exact instanceof Double number && number.isNaN() ? "" : exact.toString();
    }

    /** Returns the value rounded; a dash where there is none. */
    String readable(ResultTable table, TableRow row) {
        Object exact = value.apply(table, row);
        return exact instanceof Double number && number.isNaN() ? "-" : String.format(Locale.ROOT, format, exact);
    }
}
