package glimpse.evaluation.front;

import glimpse.evaluation.metrics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The front in sentences, which say which differences are real and which aren't. */
public final class FrontText {
    private FrontText() {}

    /** Returns how points were chosen, measured and compared. */
    public static String introduction(Front front) {
        return "Every point was chosen on " + front.chosenOn() + ", and measured once on " + front.measuredOn()
                + ". A difference is called real if its 95 % interval excludes 0 (of a quotient: 1), by a bootstrap of "
                + count(Draws.COUNT) + " draws of the same " + count(front.images()) + " images for both methods.";
    }

    /** Returns what the models reach alone on the images that points are measured on. */
    public static String alone(Front front) {
        return "Alone, the edge reaches a top-1 accuracy of " + percent(front.edgeTop1()) + "; on whole images, "
                + front.servers().stream()
                        .map(server -> server.name() + " reaches " + percent(server.wholeTop1()))
                        .collect(Collectors.joining(" and "))
                + ".";
    }

    /** Returns at how many budgets the best patches really differ; an empty string if nothing can be compared. */
    public static String summary(Front front, Measure measure) {
        List<FrontRow> best = front.questions().stream()
                .filter(question -> question instanceof Question.Within && question.measure() == measure)
                .flatMap(question -> bestPatches(front, question).stream())
                .toList();
        List<String> parts = new ArrayList<>();
        count(best, FrontRow::fromPaper, "the paper's method", parts);
        count(best, FrontRow::fromWhole, "the best whole images", parts);
        return Stream.of(
                        parts.isEmpty() ? "" : "The best patches are " + String.join("; they are ", parts) + ".",
                        reachedSummary(front, measure))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Returns at how many accuracies patches really take less than whole images, with every image sent. */
    private static String reachedSummary(Front front, Measure measure) {
        List<String> parts = new ArrayList<>();
        for (Front.Server server : front.servers()) {
            List<Reached.Ratio> ratios = front.questions().stream()
                    .filter(question -> question.measure() == measure)
                    .flatMap(question -> question instanceof Question.Reaching reaching
                            ? front.leastWhole(reaching, server).stream()
                            : Stream.<FrontRow>empty())
                    .flatMap(row -> row.reached().flatMap(Reached::patches).stream())
                    .toList();
            if (!ratios.isEmpty()) {
                long less = ratios.stream()
                        .filter(ratio -> ratio.isReal() && ratio.value() < 1)
                        .count();
                long more = ratios.stream()
                        .filter(ratio -> ratio.isReal() && ratio.value() > 1)
                        .count();
                parts.add("to " + server.name() + " at " + less + " of " + ratios.size()
                        + (parts.isEmpty() ? " accuracies" : "") + " and really more at "
                        + (more == 0 ? "none" : more));
            }
        }
        return parts.isEmpty()
                ? ""
                : "With every image sent, patches really take less than the best whole images "
                        + String.join("; ", parts) + ".";
    }

    private static void count(
            List<FrontRow> best, Function<FrontRow, Optional<Difference>> from, String whom, List<String> parts) {
        List<Difference> differences =
                best.stream().flatMap(row -> from.apply(row).stream()).toList();
        if (!differences.isEmpty()) {
            long above = differences.stream()
                    .filter(one -> one.isReal() && one.top1() > 0)
                    .count();
            long below = differences.stream()
                    .filter(one -> one.isReal() && one.top1() < 0)
                    .count();
            parts.add("really above " + whom + " at " + above + " of " + differences.size()
                    + " budgets and really below at " + (below == 0 ? "none" : below));
        }
    }

    private static Optional<FrontRow> bestPatches(Front front, Question question) {
        return Front.best(front.answers(question).stream()
                .filter(row -> !row.method().family().isWhole())
                .toList());
    }

    /** Returns sentences on the best at each budget, and on what it takes to reach an accuracy. */
    public static List<String> findings(Front front, Measure measure) {
        List<String> findings = new ArrayList<>();
        for (Question question : front.questions()) {
            if (question.measure() == measure) {
                switch (question) {
                    case Question.Within within -> budget(front, within).ifPresent(findings::add);
                    case Question.Reaching reaching -> reached(front, reaching).ifPresent(findings::add);
                }
            }
        }
        return findings;
    }

    /** Returns all sentences for a terminal, each in a line. */
    public static String lines(Front front) {
        Stream<String> findings = Stream.of(Measure.values())
                .flatMap(measure -> Stream.concat(Stream.of(summary(front, measure)), findings(front, measure).stream())
                        .filter(line -> !line.isEmpty()));
        return Stream.concat(Stream.of(introduction(front), alone(front), ""), findings)
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    /** Compares the patches that were best where points were chosen with the paper's method and with whole images. */
    private static Optional<String> budget(Front front, Question.Within within) {
        return bestPatches(front, within).map(best -> {
            List<String> compared = new ArrayList<>();
            best.fromPaper().ifPresent(one -> compared.add(difference(one, "the paper's method")));
            front.bestWhole(within, best.method().gated())
                    .ifPresent(whole -> best.fromWhole()
                            .ifPresent(one ->
                                    compared.add(difference(one, whole.method().name()))));
            return "Within " + amount(within) + ": " + percent(best.here().top1()) + " with "
                    + front.name(best.method()) + (compared.isEmpty() ? "" : ", " + String.join(", and ", compared))
                    + ".";
        });
    }

    private static String difference(Difference difference, String from) {
        double points = 100 * difference.top1();
        String interval = String.format(
                Locale.ROOT,
                "%.1f to %.1f",
                100 * difference.interval().low(),
                100 * difference.interval().high());
        return difference.isReal()
                ? String.format(
                        Locale.ROOT,
                        "really %s %s by %.1f points (%s)",
                        points > 0 ? "above" : "below",
                        from,
                        Math.abs(points),
                        interval)
                : String.format(
                        Locale.ROOT, "with no real difference from %s (%+.1f points, %s)", from, points, interval);
    }

    /**
     * Says what an accuracy takes with every image sent, by the patches that took the least where points were chosen,
     * and by the whole images to each server that take the least where they are measured, which favours these.
     */
    private static Optional<String> reached(Front front, Question.Reaching reaching) {
        String whole = front.servers().stream()
                .flatMap(server -> front.leastWhole(reaching, server).stream())
                .map(row -> amount(row)
                        + row.reached()
                                .flatMap(Reached::patches)
                                .map(FrontText::share)
                                .orElse(""))
                .collect(Collectors.joining(", "));
        return front.leastPatches(reaching)
                .map(few -> percent(reaching.value()) + " with every image sent takes " + amount(few)
                        + (whole.isEmpty() ? "" : "; whole images take " + whole) + ".");
    }

    private static String amount(FrontRow row) {
        Measure measure = row.question().measure();
        Reached reached = row.reached().orElseThrow();
        String amount = measure == Measure.COST
                ? "a cost of " + measure.shown(reached.amount())
                : measure.shown(reached.amount()) + " bytes";
        return amount + " (" + range(measure::shown, reached.interval()) + missed(reached.missed()) + ") with "
                + row.method().upload() + " to " + row.method().server();
    }

    /** Says how much of what whole images take the patches take. */
    private static String share(Reached.Ratio ratio) {
        String real = !ratio.isReal() ? "no real difference" : ratio.value() < 1 ? "really less" : "really more";
        return " (" + quotient(ratio.value()) + " of it, " + range(FrontText::quotient, ratio.interval())
                + missed(ratio.missed()) + ": " + real + ")";
    }

    static String quotient(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String missed(double share) {
        return share == 0 ? "" : "; out of reach in " + percent(share) + " of the draws";
    }

    /** Returns an interval for people, of which an end is infinite where an accuracy is out of reach. */
    static String range(DoubleFunction<String> shown, Interval interval) {
        return Double.isInfinite(interval.low())
                ? "out of reach"
                : Double.isInfinite(interval.high())
                        ? shown.apply(interval.low()) + " or more"
                        : shown.apply(interval.low()) + " to " + shown.apply(interval.high());
    }

    /** Returns a budget for people. */
    public static String amount(Question question) {
        return switch (question.measure()) {
            case COST -> String.format(Locale.ROOT, "a cost of %.2f", question.value());
            case BYTES -> String.format(Locale.ROOT, "%,.0f bytes per image", question.value());
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
