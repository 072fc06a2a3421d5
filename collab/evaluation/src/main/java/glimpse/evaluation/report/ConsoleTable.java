package glimpse.evaluation.report;

import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.Communication;
import glimpse.evaluation.metrics.ParetoFront;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table for a terminal: a line on what all rows share, then the rows in columns that fit 120 characters. */
public final class ConsoleTable {
    private static final int MOST_OF_FRONT = 12;
    private static final List<String> TITLES = List.of(
            "upload",
            "gate",
            "kept",
            "lowest",
            "sum",
            "confident",
            "cost",
            "top-1",
            "top-5",
            "up B/image",
            "up B/offload",
            "of raw",
            "of file");

    private ConsoleTable() {}

    /** Returns the whole table; lines end in a line feed. */
    public static String of(ResultTable table) {
        return head(table) + lines(table.rows());
    }

    /**
     * Returns the rows that matter: a sentence on the chosen point, its row with its comparisons, and at most twelve
     * rows of the Pareto front.
     */
    public static String ofSweep(ResultTable table, ChosenPoint chosen) {
        List<TableRow> front = ParetoFront.of(table.rows().stream()
                .filter(row -> !row.point().upload().isComparison())
                .toList());
        Optional<OperatingPoint> randomMatched = chosen.point().randomMatched();
        List<TableRow> first = new ArrayList<>();
        List<TableRow> onFront = new ArrayList<>();
        StringBuilder text = new StringBuilder(head(table));
        for (TableRow row : table.rows()) {
            if (row.point().equals(chosen.point())) {
                first.addFirst(row);
                text.append(Headline.sentence(table, row)).append('\n');
            } else if (isFile(row) || randomMatched.filter(row.point()::equals).isPresent()) {
                first.add(row);
            } else if (front.contains(row)) {
                onFront.add(row);
            }
        }
        text.append("The operating point was chosen on ")
                .append(VisibleText.name(chosen.chosenOn()))
                .append(". It and its comparisons:\n\n");
        text.append(lines(first));
        if (onFront.isEmpty()) {
            return text.toString();
        }
        List<TableRow> shown = thinned(onFront);
        text.append("\nThe Pareto front, ")
                .append(shown.size())
                .append(" of ")
                .append(onFront.size())
                .append(" further points (table.csv has all ")
                .append(table.rows().size())
                .append("):\n\n");
        return text.append(lines(shown)).toString();
    }

    /** Whole images in rounds have as many rows as rules. */
    private static boolean isFile(TableRow row) {
        Upload upload = row.point().upload();
        return upload instanceof Upload.WholeFile && !upload.isInRounds();
    }

    /** Returns at most twelve rows, evenly spread from the cheapest to the most expensive. */
    private static List<TableRow> thinned(List<TableRow> rows) {
        List<TableRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(TableRow::cost));
        int count = Math.min(MOST_OF_FRONT, sorted.size());
        List<TableRow> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(sorted.get(i * (sorted.size() - 1) / Math.max(1, count - 1)));
        }
        return some;
    }

    private static String lines(List<TableRow> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(TITLES);
        rows.forEach(row -> lines.add(cells(row)));
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                int width = width(lines, column);
                boolean left = column < 2;
                padded.append(column == 0 ? "" : "  ")
                        .append(String.format(Locale.ROOT, "%" + (left ? "-" : "") + width + "s", line.get(column)));
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String head(ResultTable table) {
        StringBuilder head = new StringBuilder();
        head.append(table.images()).append(" images");
        if (table.failed() > 0) {
            head.append(", ").append(table.failed()).append(" more failed");
        }
        head.append("; edge alone ").append(accuracy(table.edge()));
        table.serverBaseline()
                .ifPresent(whole -> head.append("; server on whole images ").append(accuracy(whole)));
        return head.append("\n\n").toString();
    }

    private static String accuracy(Accuracy accuracy) {
        return "top-1 " + number("%.4f", accuracy.top1()) + ", top-5 " + number("%.4f", accuracy.top5());
    }

    private static List<String> cells(TableRow row) {
        Communication bytes = row.communication();
        return List.of(
                row.point().upload().spec(),
                row.point().when(),
                number("%.2f", row.meanKept()),
                number("%.5f", row.meanLowestScore()),
                number("%.4f", row.meanSumOfScores()),
                Integer.toString(row.confident()),
                number("%.5f", row.cost()),
                number("%.4f", row.collaborative().top1()),
                number("%.4f", row.collaborative().top5()),
                number("%,.0f", bytes.upPerImage()),
                number("%,.0f", bytes.upPerOffloaded()),
                number("%.3f", bytes.shareOfRawPerImage()),
                number("%.3f", bytes.shareOfFilePerImage()));
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
