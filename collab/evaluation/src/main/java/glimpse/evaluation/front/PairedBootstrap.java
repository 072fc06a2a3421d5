package glimpse.evaluation.front;

import glimpse.evaluation.metrics.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * 95 % intervals of accuracies and of their differences, from images drawn with replacement: the same draws for all
 * points, so that a difference of two isn't blurred by how hard the images are. Immutable.
 */
final class PairedBootstrap {
    private final Map<List<Integer>, double[]> drawn; // accuracies in each draw, by the images answered wrong

    private PairedBootstrap(Map<List<Integer>, double[]> drawn) {
        this.drawn = drawn;
    }

    /**
     * Draws images.
     *
     * @param images number of images
     * @param outcomes all whose intervals and differences are asked for later
     */
    static PairedBootstrap of(int images, List<Outcome> outcomes) {
        Map<List<Integer>, double[]> drawn = new HashMap<>();
        outcomes.forEach(outcome -> drawn.putIfAbsent(outcome.wrong(), new double[Draws.COUNT]));
        List<int[]> wrong = new ArrayList<>();
        List<double[]> accuracies = new ArrayList<>();
        drawn.forEach((indices, some) -> {
            wrong.add(indices.stream().mapToInt(Integer::intValue).toArray());
            accuracies.add(some);
        });
        Draws.forEach(images, (draw, times) -> {
            for (int point = 0; point < wrong.size(); point++) {
                long errors = 0;
                for (int index : wrong.get(point)) {
                    errors += times[index];
                }
                accuracies.get(point)[draw] = 1 - (double) errors / images;
            }
        });
        return new PairedBootstrap(drawn);
    }

    /**
     * Returns the interval of an outcome's accuracy.
     *
     * @throws IllegalArgumentException if it isn't one of those that images were drawn for
     */
    Interval interval(Outcome outcome) {
        return Interval.ofDraws(accuracies(outcome));
    }

    /**
     * Returns by how much an outcome's accuracy is above another's, with the interval.
     *
     * @throws IllegalArgumentException as {@link #interval(Outcome)}
     */
    Difference difference(Outcome outcome, Outcome other) {
        double[] differences = accuracies(outcome).clone();
        double[] others = accuracies(other);
        for (int i = 0; i < differences.length; i++) {
            differences[i] -= others[i];
        }
        return new Difference(outcome.top1() - other.top1(), Interval.ofDraws(differences));
    }

    private double[] accuracies(Outcome outcome) {
        double[] some = drawn.get(outcome.wrong());
        if (some == null) {
            throw new IllegalArgumentException("no images were drawn for an outcome with "
                    + outcome.wrong().size() + " wrong answers");
        }
        return some;
    }
}
