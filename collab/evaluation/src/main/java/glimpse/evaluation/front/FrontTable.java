package glimpse.evaluation.front;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The front as tables: a line per method, a column per question. */
public final class FrontTable {
    /** What stands where none of a method's points fits. */
    public static final String NONE = "-";

    private static final int MIN_COLUMN = 8;

    private FrontTable() {}

    /**
     * A table.
     *
     * @param title what it shows
     * @param measure what its questions are about
     * @param questions its columns
     * @param methods its lines
     */
    public record Layout(String title, Measure measure, List<Question> questions, List<Method> methods) {
        /** Copies the lists. */
        public Layout {
            questions = List.copyOf(questions);
            methods = List.copyOf(methods);
        }
    }

    /** Returns the tables that have an answer. */
    public static List<Layout> layouts(Front front) {
        List<Layout> layouts = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            String unit = measure == Measure.COST ? "cost" : "bytes per image";
            add(layouts, front, "Top-1, %, within a budget of " + unit, measure, Question.Within.class);
            add(
                    layouts,
                    front,
                    "Least " + unit + " that reaches an accuracy, interpolated, with 95 % intervals",
                    measure,
                    Question.Reaching.class);
        }
        return layouts;
    }

    private static void add(
            List<Layout> layouts, Front front, String title, Measure measure, Class<? extends Question> kind) {
        List<Question> questions = front.questions().stream()
                .filter(question -> kind.isInstance(question) && question.measure() == measure)
                .toList();
        List<Method> methods = front.methods().stream()
                .filter(method -> questions.stream()
                        .anyMatch(question -> front.answer(question, method).isPresent()))
                .toList();
        if (!questions.isEmpty() && !methods.isEmpty()) {
            layouts.add(new Layout(title, measure, questions, methods));
        }
    }

    /** Returns a column's title. */
    public static String title(Question question) {
        return question instanceof Question.Within && question.measure() == Measure.BYTES
                ? String.format(Locale.ROOT, "%,.0f", question.value())
                : String.format(Locale.ROOT, "%.2f", question.value());
    }

    /**
     * Returns a cell: an accuracy in percent, marked if it really differs from the paper's, or communication with its
     * interval.
     */
    public static String cell(Question question, Optional<FrontRow> answer) {
        if (answer.isEmpty()) {
            return NONE;
        }
        FrontRow row = answer.get();
        if (question instanceof Question.Within) {
            String mark = row.fromPaper()
                    .filter(Difference::isReal)
                    .map(difference -> difference.top1() > 0 ? "+" : "-")
                    .orElse(" ");
            return String.format(Locale.ROOT, "%.1f%s", 100 * row.here().top1(), mark);
        }
        return row.reached()
                .map(reached -> reached(question.measure(), reached))
                .orElse(NONE);
    }

    /** Returns how much patches take of what whole images take, with its interval. */
    public static String share(Reached.Ratio ratio) {
        return FrontText.quotient(ratio.value()) + " (" + FrontText.range(FrontText::quotient, ratio.interval()) + ")";
    }

    private static String reached(Measure measure, Reached reached) {
        return measure.shown(reached.amount()) + " (" + FrontText.range(measure::shown, reached.interval()) + ")";
    }

    private static int columnWidth(Front front, Layout layout) {
        int width = MIN_COLUMN;
        for (Method method : layout.methods()) {
            for (Question question : layout.questions()) {
                width = Math.max(
                        width,
                        2 + cell(question, front.answer(question, method)).length());
            }
        }
        return width;
    }

    /** Returns all tables for a terminal; lines end in a line feed. */
    public static String text(Front front) {
        StringBuilder text = new StringBuilder();
        for (Layout layout : layouts(front)) {
            text.append('\n').append(layout.title());
            text.append(
                    layout.questions().getFirst() instanceof Question.Within
                            ? " (+ or -: really above or below the paper's method)\n"
                            : "\n");
            int width = layout.methods().stream()
                    .mapToInt(method -> front.name(method).length())
                    .max()
                    .orElse(0);
            String column = "%" + columnWidth(front, layout) + "s";
            text.append(" ".repeat(width));
            layout.questions().forEach(question -> text.append(String.format(Locale.ROOT, column, title(question))));
            text.append('\n');
            for (Method method : layout.methods()) {
                StringBuilder line =
                        new StringBuilder(String.format(Locale.ROOT, "%-" + width + "s", front.name(method)));
                for (Question question : layout.questions()) {
                    line.append(String.format(Locale.ROOT, column, cell(question, front.answer(question, method))));
                }
                text.append(line.toString().stripTrailing()).append('\n');
            }
        }
        return text.toString();
    }
}
