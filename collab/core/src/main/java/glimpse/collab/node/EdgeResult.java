package glimpse.collab.node;

import glimpse.collab.gate.Confidence;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchTokens;
import glimpse.collab.select.ScoredPatches;
import glimpse.engine.Prediction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The edge's prediction for one image and the scores of its patches. Immutable. */
public final class EdgeResult {
    private final Prediction prediction;
    private final Confidence confidence;
    private final Map<AttentionScore, float[]> scores;
    private final Optional<PatchTokens> tokens;

    EdgeResult(Prediction prediction, Map<AttentionScore, float[]> scores, Optional<PatchTokens> tokens) {
        this.prediction = prediction;
        this.confidence = Confidence.of(prediction);
        this.scores = new LinkedHashMap<>(scores);
        this.tokens = tokens;
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
     * @throws IllegalArgumentException if the runner doesn't compute this score
     */
    public float[] scores(AttentionScore score) {
        float[] values = scores.get(score);
        if (values == null) {
            throw new IllegalArgumentException("score " + score.spec() + " wasn't computed; the runner computes "
                    + scores.keySet().stream().map(AttentionScore::spec).toList());
        }
        return values.clone();
    }

    /**
     * Returns what a selection by this score chooses from.
     *
     * @throws IllegalArgumentException if the runner doesn't compute this score
     */
    public ScoredPatches scored(AttentionScore score) {
        return new ScoredPatches(scores(score), tokens);
    }
}
