package glimpse.service.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is wrong, and what was seen. */
final class Findings {
    private final List<String> wrong = new ArrayList<>();
    private final List<Duration> recoveries = new ArrayList<>();

    void add(String finding) {
        System.err.println("WRONG: " + finding);
        wrong.add(finding);
    }

    void recovered(Duration after) {
        recoveries.add(after);
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Returns the longest time until the server was used again. */
    Duration longestRecovery() {
        return recoveries.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Checks that each image has exactly one answer, which is the edge's or the server's own, and came in time. */
    void check(List<String> images, List<Answer> answers, Duration deadline, Duration tolerance) {
        Set<String> missing = new HashSet<>(images);
        Set<String> answered = new HashSet<>();
        Map<String, String> predictions = new HashMap<>();
        for (Answer answer : answers) {
            if (!answered.add(answer.name())) {
                add(answer.name() + " has two answers");
            }
            missing.remove(answer.name());
            if (!answer.ofServer()
                    && (!answer.source().equals("fallback") || answer.reason().isEmpty())) {
                add(answer.name() + " is neither the server's nor a marked fallback: " + answer);
            }
            String key = answer.source() + " " + answer.picture();
            String before = predictions.putIfAbsent(key, answer.prediction());
            if (before != null && !before.equals(answer.prediction())) {
                add("the " + answer.source() + " says " + before + " and " + answer.prediction() + " of picture "
                        + answer.picture());
            }
            if (answer.millis() > deadline.plus(tolerance).toMillis()) {
                add(answer.name() + " took " + answer.millis() + " ms: " + answer);
            }
        }
        if (!missing.isEmpty()) {
            add(missing.size() + " images have no answer, such as "
                    + missing.iterator().next());
        }
    }

    /** Returns how many answers came from where, and why. */
    static Map<String, Integer> sources(List<Answer> answers) {
        Map<String, Integer> counts = new TreeMap<>();
        answers.forEach(answer ->
                counts.merge(answer.reason().map(why -> "fallback: " + why).orElse(answer.source()), 1, Integer::sum));
        return counts;
    }
}
