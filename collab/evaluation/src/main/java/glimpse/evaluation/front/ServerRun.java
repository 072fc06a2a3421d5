package glimpse.evaluation.front;

import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import java.util.List;
import java.util.Map;
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

    /**
     * Returns the rows of the images that all runs evaluated, so that images can be paired.
     *
     * @param rows one of the two parts of a run
     * @return the rows of each run
     */
    static List<List<Evaluated>> common(List<ServerRun> runs, Function<ServerRun, List<ImageResult>> rows) {
        List<List<Evaluated>> evaluated =
                runs.stream().map(rows).map(ImageResult::evaluated).toList();
        Map<Integer, Long> times = evaluated.stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(ImageResult::index, Collectors.counting()));
        return evaluated.stream()
                .map(one -> one.stream()
                        .filter(row -> times.getOrDefault(row.index(), 0L) == runs.size())
                        .toList())
                .toList();
    }
}
