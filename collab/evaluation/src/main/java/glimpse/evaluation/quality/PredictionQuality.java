package glimpse.evaluation.quality;

import glimpse.evaluation.metrics.Accuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How good the predictions of one model are. Immutable.
 *
 * @param name whose predictions they are
 * @param images number of images that were evaluated, to which every share refers
 * @param failed number of images that couldn't be evaluated
 * @param accuracy against the data set's labels
 * @param real against reassessed labels, if there are any
 * @param reliability confidence against accuracy
 * @param classes the classes that have images, in ascending order
 * @param confusions the confusion matrix, by label, then by predicted class
 */
public record PredictionQuality(
        String name,
        int images,
        int failed,
        Accuracy accuracy,
        Optional<RealAccuracy> real,
        Reliability reliability,
        List<ClassAccuracy> classes,
        List<Confusion> confusions) {
    /** Copies the lists. */
    public PredictionQuality {
        classes = List.copyOf(classes);
        confusions = List.copyOf(confusions);
    }

    /**
     * Computes everything.
     *
     * @param realLabels the reassessed labels of each image of the data set
     */
    public static PredictionQuality of(Predictions predictions, Optional<List<List<Integer>>> realLabels) {
        List<Answer> answers = predictions.answers();
        SortedMap<Integer, ClassAccuracy> classes = new TreeMap<>();
        SortedMap<Integer, SortedMap<Integer, Integer>> cells = new TreeMap<>();
        for (Answer answer : answers) {
            ClassAccuracy before = classes.getOrDefault(answer.label(), new ClassAccuracy(answer.label(), 0, 0, 0));
            classes.put(answer.label(), before.plus(answer));
            cells.computeIfAbsent(answer.label(), label -> new TreeMap<>()).merge(answer.prediction(), 1, Integer::sum);
        }
        List<Confusion> confusions = new ArrayList<>();
        cells.forEach((label, row) ->
                row.forEach((predicted, images) -> confusions.add(new Confusion(label, predicted, images))));
        double first = classes.values().stream().mapToInt(ClassAccuracy::first).sum();
        double firstFive =
                classes.values().stream().mapToInt(ClassAccuracy::firstFive).sum();
        return new PredictionQuality(
                predictions.name(),
                answers.size(),
                predictions.failed(),
                new Accuracy(first / answers.size(), firstFive / answers.size()),
                realLabels.map(labels -> RealAccuracy.of(answers, labels)),
                Reliability.of(answers),
                List.copyOf(classes.values()),
                confusions);
    }
}
