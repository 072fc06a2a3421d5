package glimpse.evaluation.front;

import glimpse.collab.gate.StopRule;
import glimpse.evaluation.front.Front.Server;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Answers questions: for each method the operating point is chosen on some images, then measured on others, and
 * compared there with the paper's method and with whole images.
 */
public final class FrontStudy {
    private final Questions questions;
    private final int patches;
    private final List<Server> servers = new ArrayList<>();
    private final Map<Method, List<Candidate>> methods;
    private final List<Evaluated> measured; // the first server's rows

    /**
     * Prepares to answer.
     *
     * @param runs one per server with equal plans on equal images; the paper's server is the first
     * @param rules that end uploads in rounds
     * @param patches number of patches of a whole image
     * @throws IllegalArgumentException if there is no image that all servers answered
     */
    public FrontStudy(List<ServerRun> runs, List<StopRule> rules, Questions questions, int patches) {
        this.questions = questions;
        this.patches = patches;
        this.methods = new TreeMap<>(order(runs.stream().map(ServerRun::server).toList()));
        List<List<Evaluated>> allMeasuredOn = common(runs, ServerRun::measuredOn, "measured"); // [servers][images]
        List<List<Evaluated>> allChosenOn = common(runs, ServerRun::chosenOn, "chosen");
        this.measured = allMeasuredOn.getFirst();
        for (int i = 0; i < runs.size(); i++) {
            ServerRun run = runs.get(i);
            List<Evaluated> measuredOn = allMeasuredOn.get(i);
            int whole = run.plan().indexOf(Upload.WHOLE);
            servers.add(new Server(
                    run.server(),
                    whole < 0
                            ? Double.NaN
                            : share(
                                    measuredOn,
                                    row -> row.serverResults().get(whole).top())));
            for (Candidate candidate : Candidate.of(run.plan(), rules, allChosenOn.get(i), measuredOn)) {
                for (boolean gated : new boolean[] {true, false}) {
                    Method method = Method.of(candidate.ungated().upload(), run.server(), gated);
                    methods.computeIfAbsent(method, any -> new ArrayList<>()).add(candidate);
                }
            }
        }
    }

    /** Orders methods: those with the gate first, then by what is sent, then by server. */
    private static Comparator<Method> order(List<String> servers) {
        return Comparator.comparing(Method::gated)
                .reversed()
                .thenComparing(Method::family)
                .thenComparing(Method::kind)
                .thenComparingInt(method -> servers.indexOf(method.server()));
    }

    private static List<List<Evaluated>> common(
            List<ServerRun> runs, Function<ServerRun, List<ImageResult>> rows, String what) {
        List<List<Evaluated>> common = ServerRun.common(runs, rows);
        if (common.getFirst().isEmpty()) {
            throw new IllegalArgumentException("of the images that points are " + what + " on none was evaluated"
                    + (runs.size() == 1 ? "" : " by all servers"));
        }
        return common;
    }

    private static double share(List<Evaluated> rows, Function<Evaluated, List<Integer>> predictions) {
        long right = rows.stream()
                .filter(row -> predictions.apply(row).getFirst() == row.label())
                .count();
        return (double) right / rows.size();
    }

    /**
     * Returns the answers.
     *
     * @param measuredOn the images that points are measured on, in words
     * @param chosenOn the images that points are chosen on, in words
     */
    public Front front(String measuredOn, String chosenOn) {
        Map<FrontRow, Outcome> outcomes = new LinkedHashMap<>();
        Map<FrontRow, CurveDraws> curves = new HashMap<>();
        for (Measure measure : Measure.values()) {
            methods.forEach((method, candidates) -> {
                if (measure.measures(method.family())) {
                    BestPoints best = BestPoints.of(candidates, measure, method.gated(), patches);
                    answer(method, best, measure, outcomes, curves);
                }
            });
        }
        Front uncompared = new Front(
                measured.size(),
                measuredOn,
                chosenOn,
                share(measured, Evaluated::edgeTop),
                servers,
                List.copyOf(outcomes.keySet()));
        return new Front(
                uncompared.images(),
                measuredOn,
                chosenOn,
                uncompared.edgeTop1(),
                servers,
                compared(uncompared, outcomes, curves));
    }

    /** Answers the questions of one measure by one method. */
    private void answer(
            Method method,
            BestPoints best,
            Measure measure,
            Map<FrontRow, Outcome> outcomes,
            Map<FrontRow, CurveDraws> curves) {
        MeasuredCurve curve = MeasuredCurve.of(
                best.points().stream()
                        .map(point -> point.candidate().here(point.gate()).figures(patches))
                        .toList(),
                measure);
        CurveDraws draws = new CurveDraws(best.points(), measure, patches, questions.accuracies());
        for (Question question : questions.of(measure)) {
            Optional<BestPoints.Point> chosen = best.answer(question);
            if (chosen.isPresent()) {
                Candidate candidate = chosen.get().candidate();
                Outcome here = candidate.here(chosen.get().gate());
                FrontRow row = FrontRow.uncompared(
                        question,
                        method,
                        chosen.get().operatingPoint(),
                        candidate.there(chosen.get().gate()).figures(patches),
                        here.figures(patches),
                        question instanceof Question.Reaching
                                ? Optional.of(curve.reaching(question.value()))
                                        .filter(amount -> !amount.isNaN())
                                        .map(Reached::uncompared)
                                : Optional.empty());
                outcomes.put(row, here);
                if (row.reached().isPresent()) {
                    curves.put(row, draws);
                }
            }
        }
    }

    private static List<FrontRow> compared(
            Front front, Map<FrontRow, Outcome> outcomes, Map<FrontRow, CurveDraws> curves) {
        Set<CurveDraws> drawn = new LinkedHashSet<>(curves.values());
        Draws.forEach(front.images(), (number, times) -> drawn.forEach(curve -> curve.take(number, times)));
        PairedBootstrap bootstrap = PairedBootstrap.of(front.images(), List.copyOf(outcomes.values()));
        List<FrontRow> rows = new ArrayList<>();
        outcomes.forEach((row, outcome) -> {
            Function<Optional<FrontRow>, Optional<Difference>> from = reference -> reference
                    .filter(other -> row.question() instanceof Question.Within
                            && !other.method().equals(row.method()))
                    .map(other -> bootstrap.difference(outcome, Objects.requireNonNull(outcomes.get(other))));
            rows.add(row.compared(
                    bootstrap.interval(outcome),
                    from.apply(front.answer(row.question(), front.paper())),
                    from.apply(front.bestWhole(row.question(), row.method().gated())),
                    Optional.ofNullable(curves.get(row))
                            .map(curve ->
                                    curve.reached(row.question().value(), row.amount(), patches(front, row, curves)))));
        });
        return rows;
    }

    /** Returns what the best patches take of what whole images take; empty if either doesn't reach the accuracy. */
    private static Optional<Reached.Ratio> patches(Front front, FrontRow whole, Map<FrontRow, CurveDraws> curves) {
        if (!(whole.question() instanceof Question.Reaching question)
                || whole.method().gated()
                || !whole.method().family().isWhole()) {
            return Optional.empty();
        }
        return front.leastPatches(question)
                .flatMap(few -> Objects.requireNonNull(curves.get(few))
                        .ratio(
                                question.value(),
                                few.amount() / whole.amount(),
                                Objects.requireNonNull(curves.get(whole))));
    }
}
