package glimpse.evaluation.front;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The front in sentences, which say which differences are real and which aren't. */
public final class FrontText {
    private FrontText() {}

    /** Returns how points were chosen, measured and compared. */
    public static String introduction(Front front) {
        return "Every point was chosen on " + front.chosenOn() + ", and measured once on " + front.measuredOn()
                + ". A difference is called real if its 95 % interval excludes 0, by a bootstrap of "
                + count(PairedBootstrap.RESAMPLES) + " draws of the same " + count(front.images())
                + " images for both methods.";
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
        return parts.isEmpty() ? "" : "The best patches are " + String.join("; they are ", parts) + ".";
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
        List<FrontRow> reached = front.answers(reaching).stream()
                .filter(row -> !row.method().gated() && !Double.isNaN(row.interpolated()))
                .toList();
        Optional<FrontRow> patches = reached.stream()
                .filter(row -> !row.method().family().isWhole())
                .min(Comparator.comparingDouble(row -> row.there().of(reaching.measure())));
        List<String> whole = new ArrayList<>();
        for (Front.Server server : front.servers()) {
            reached.stream()
                    .filter(row -> row.method().family().isWhole()
                            && row.method().server().equals(server.name()))
                    .min(Comparator.comparingDouble(FrontRow::interpolated))
                    .ifPresent(row -> whole.add(amount(row)
                            + patches.map(few -> String.format(
                                            Locale.ROOT, " (%.2f of it)", few.interpolated() / row.interpolated()))
                                    .orElse("")));
        }
        return patches.map(few -> percent(reaching.value()) + " with every image sent takes " + amount(few)
                + (whole.isEmpty() ? "" : "; whole images take " + String.join(", ", whole)) + ".");
    }

    private static String amount(FrontRow row) {
        String amount = switch (row.question().measure()) {
            case COST -> String.format(Locale.ROOT, "a cost of %.3f", row.interpolated());
            case BYTES -> String.format(Locale.ROOT, "%,.0f bytes", row.interpolated());
        };
        return amount + " with " + row.method().upload() + " to " + row.method().server();
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
