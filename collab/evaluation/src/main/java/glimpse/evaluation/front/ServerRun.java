package glimpse.evaluation.front;

import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one server answered. Immutable.
 *
 * @param server its name
 * @param plan what was evaluated, with the server baseline
 * @param chosenOn the rows of the images that points are chosen on
 * @param measuredOn the rows of the images that points are measured on
 */
public record ServerRun(String server, EvaluationPlan plan, List<ImageResult> chosenOn, List<ImageResult> measuredOn) {
    /** Copies the rows. */
    public ServerRun {
        chosenOn = List.copyOf(chosenOn);
        measuredOn = List.copyOf(measuredOn);
    }

    /** Returns the rows of the images that all runs evaluated, so that images can be paired. */
    static List<Evaluated> common(ServerRun run, List<ServerRun> all, Function<ServerRun, List<ImageResult>> rows) {
        Map<Integer, Long> evaluated = all.stream()
                .flatMap(one -> rows.apply(one).stream())
                .filter(Evaluated.class::isInstance)
                .collect(Collectors.groupingBy(ImageResult::index, Collectors.counting()));
        Set<Integer> everywhere = evaluated.entrySet().stream()
                .filter(entry -> entry.getValue() == all.size())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return rows.apply(run).stream()
                .filter(row -> everywhere.contains(row.index()))
                .map(Evaluated.class::cast)
                .toList();
    }
}
