package glimpse.evaluation.table;

import glimpse.evaluation.io.Counted;
import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.BudgetChoice;
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
import java.util.stream.Stream;

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
     * Returns the rows that matter: the chosen point with its comparisons, at most twelve rows of the Pareto front, and
     * what was chosen for other budgets. {@link #conclusion} follows it.
     */
    public static String ofSweep(ResultTable table, ChosenPoint chosen) {
        List<TableRow> front = ParetoFront.of(table.rows().stream()
                .filter(row -> !row.point().upload().isComparison())
                .toList());
        List<OperatingPoint> beside = new ArrayList<>();
        chosen.point().randomMatched().ifPresent(beside::add);
        chosen.paper().ifPresent(paper -> {
            beside.add(paper.best().point());
            beside.add(paper.atCost().point());
        });
        List<TableRow> first = new ArrayList<>();
        List<TableRow> onFront = new ArrayList<>();
        for (TableRow row : table.rows()) {
            if (row.point().equals(chosen.point())) {
                first.addFirst(row);
            } else if (isFile(row) || beside.contains(row.point())) {
                first.add(row);
            } else if (front.contains(row)) {
                onFront.add(row);
            }
        }
        StringBuilder text = new StringBuilder(head(table))
                .append("The operating point was chosen on ")
                .append(VisibleText.name(chosen.chosenOn()))
                .append(". It and its comparisons:\n\n")
                .append(lines(first));
        if (!onFront.isEmpty()) {
            List<TableRow> shown = thinned(onFront);
            text.append("\nThe Pareto front, ")
                    .append(shown.size())
                    .append(" of ")
                    .append(onFront.size())
                    .append(" further points (table.csv has all ")
                    .append(table.rows().size())
                    .append("):\n\n")
                    .append(lines(shown));
        }
        for (BudgetChoice budget : chosen.budgets()) {
            text.append(budget(table, budget));
        }
        return text.toString();
    }

    /** Returns what was chosen for a budget, the paper's method last; nothing if the table has none of it. */
    private static String budget(ResultTable table, BudgetChoice choice) {
        List<TableRow> rows = Stream.concat(Stream.of(choice.best()), choice.paper().stream())
                .flatMap(one -> table.row(one.point()).stream())
                .distinct()
                .toList();
        return rows.isEmpty()
                ? ""
                : "\nChosen there for at most " + Numbers.percent(choice.budget()) + " of the communication"
                        + (choice.paper().isPresent() ? ", and the paper's method" : "") + ":\n\n" + lines(rows);
    }

    /**
     * Returns what the chosen point reaches and, if the paper's method was chosen beside it, what that does, as the
     * last lines; empty if the table doesn't have the point.
     */
    public static String conclusion(ResultTable table, ChosenPoint chosen) {
        String paper = Headline.paperSentence(table, chosen);
        return table.row(chosen.point())
                .map(row -> "\n" + Headline.sentence(table, row) + (paper.isEmpty() ? "" : " " + paper) + "\n")
                .orElse("");
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
        head.append(Counted.of(table.images(), "image"));
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
