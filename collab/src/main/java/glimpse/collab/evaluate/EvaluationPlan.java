package glimpse.collab.evaluate;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.AttentionScore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is run on every image.
 *
 * @param selectors what the server sees, each once; at least one
 * @param serverWhole whether the server also sees every image whole, for comparison
 * @param codec how pixels cross
 */
public record EvaluationPlan(List<Selector> selectors, boolean serverWhole, PayloadCodec codec) {
    /** Copies the selectors, without repetitions. */
    public EvaluationPlan {
        selectors = List.copyOf(new LinkedHashSet<>(selectors));
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("no selection, expected at least one");
        }
    }

    /** What the server runs on each image: the selectors and, if asked for and not among them, the whole image. */
    List<Selector> runs() {
        if (!serverWhole || selectors.contains(Selector.WHOLE)) {
            return selectors;
        }
        List<Selector> runs = new ArrayList<>(selectors);
        runs.add(Selector.WHOLE);
        return runs;
    }

    /** The scores that the edge computes. */
    Set<AttentionScore> scores() {
        Set<AttentionScore> scores = new LinkedHashSet<>();
        runs().forEach(selector -> scores.add(selector.score()));
        return scores;
    }
}
