package glimpse.evaluation.front;

import java.util.ArrayList;
import java.util.List;

/**
 * The budgets and accuracies that points are chosen for. Immutable.
 *
 * @param costs budgets of the paper's cost, 0..1
 * @param bytes budgets of mean bytes per image
 * @param accuracies top-1 accuracies to reach, 0..1
 */
public record Questions(List<Double> costs, List<Integer> bytes, List<Double> accuracies) {
    /** Copies the lists. */
    public Questions {
        costs = List.copyOf(costs);
        bytes = List.copyOf(bytes);
        accuracies = List.copyOf(accuracies);
    }

    /** Returns the questions in a measure: budgets, then accuracies. */
    List<Question> of(Measure measure) {
        List<Question> all = new ArrayList<>();
        switch (measure) {
            case COST -> costs.forEach(cost -> all.add(new Question.Within(measure, cost)));
            case BYTES -> bytes.forEach(count -> all.add(new Question.Within(measure, count)));
        }
        accuracies.forEach(accuracy -> all.add(new Question.Reaching(measure, accuracy)));
        return all;
    }
}
