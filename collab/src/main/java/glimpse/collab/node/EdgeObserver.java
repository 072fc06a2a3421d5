package glimpse.collab.node;

import glimpse.collab.gate.Probabilities;
import glimpse.collab.select.AttentionScore;
import glimpse.engine.AttentionMap;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.image.PixelPatches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at whole images: the edge's model with the scores that are asked of it. One thread at a time. */
public final class EdgeObserver {
    private final Model model;
    private final Set<AttentionScore> scores;
    private final Capture capture;
    private final Session session;

    /**
     * Makes an observer.
     *
     * @param scores may be none, if the answers alone are wanted
     * @throws IllegalArgumentException if a score names a layer that the model doesn't have
     */
    public EdgeObserver(Model model, Set<AttentionScore> scores) {
        this.model = model;
        this.scores = Set.copyOf(scores);
        this.capture = AttentionScore.capture(scores, model.transformer().config());
        this.session = model.transformer().newSession();
    }

    /** The model. */
    public Model model() {
        return model;
    }

    /**
     * Looks at images together.
     *
     * @param images all patches of each, as {@link Model#patches} cuts them
     * @return one observation an image, in the same order
     */
    public List<Observation> observe(List<PixelPatches> images) {
        if (images.isEmpty()) {
            return List.of();
        }
        List<PatchSequence> batch =
                images.stream().map(model.preprocessing()::normalise).toList();
        Output output = session.forward(batch, capture);
        List<Observation> observations = new ArrayList<>();
        for (int image = 0; image < images.size(); image++) {
            Map<AttentionScore, float[]> values = new LinkedHashMap<>();
            List<AttentionMap> maps = output.attention(image);
            for (AttentionScore score : scores) {
                values.put(score, score.score(maps));
            }
            observations.add(new Observation(Probabilities.softmax(output.logits(image)), values));
        }
        return observations;
    }
}
