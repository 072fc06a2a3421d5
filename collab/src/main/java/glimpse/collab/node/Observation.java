package glimpse.collab.node;

import glimpse.collab.gate.Probabilities;
import glimpse.collab.select.AttentionScore;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an edge saw in an image: its answer, and how much each patch mattered. Immutable. */
public final class Observation {
    private final Probabilities probabilities;
    private final Map<AttentionScore, float[]> scores;

    Observation(Probabilities probabilities, Map<AttentionScore, float[]> scores) {
        this.probabilities = probabilities;
        this.scores = new LinkedHashMap<>(scores);
    }

    /** The edge's answer. */
    public Probabilities probabilities() {
        return probabilities;
    }

    /**
     * A copy of the patches' scores, {@code [patches]}.
     *
     * @throws IllegalArgumentException if the observer wasn't asked for this score
     */
    public float[] scores(AttentionScore score) {
        float[] values = scores.get(score);
        if (values == null) {
            throw new IllegalArgumentException("score " + score.spec() + " wasn't asked for");
        }
        return values.clone();
    }
}
