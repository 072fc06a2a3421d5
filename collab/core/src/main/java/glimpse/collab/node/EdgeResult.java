package glimpse.collab.node;

import glimpse.collab.gate.Confidence;
import glimpse.collab.select.AttentionScore;
import glimpse.engine.Prediction;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the edge's model makes of an image: its prediction, and a score for each patch. Immutable. */
public final class EdgeResult {
    private final Prediction prediction;
    private final Confidence confidence;
    private final Map<AttentionScore, float[]> scores;

    EdgeResult(Prediction prediction, Map<AttentionScore, float[]> scores) {
        this.prediction = prediction;
        this.confidence = Confidence.of(prediction);
        this.scores = new LinkedHashMap<>(scores);
    }

    /** Returns the edge's own prediction. */
    public Prediction prediction() {
        return prediction;
    }

    /** Returns how confident the prediction is. */
    public Confidence confidence() {
        return confidence;
    }

    /**
     * Returns a copy of the patches' scores, {@code [patches]}.
     *
     * @throws IllegalArgumentException if the runner wasn't asked for this score
     */
    public float[] scores(AttentionScore score) {
        float[] values = scores.get(score);
        if (values == null) {
            throw new IllegalArgumentException("score " + score.spec() + " was not asked for");
        }
        return values.clone();
    }
}
