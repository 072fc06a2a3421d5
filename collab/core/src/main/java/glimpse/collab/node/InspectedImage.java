package glimpse.collab.node;

import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchTokens;
import glimpse.engine.AttentionMap;
import glimpse.engine.VitConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the edge's model made of one image, and where it looked. Immutable.
 *
 * @param result the prediction and the scores
 * @param readout the attention of the last map, of which the first row is the readout row, for each head
 */
public record InspectedImage(EdgeResult result, AttentionMap readout) {
    /** Checks that nothing is null. */
    public InspectedImage {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(readout, "readout");
    }

    /**
     * Returns what an edge would see, scored by {@link AttentionScore#mean()}, in what a server's pass gave of a whole
     * image.
     *
     * @param logits of a pass with {@link PassOutputs#attention()} and, for selections that compare them, patch tokens
     * @param config the model's
     * @throws IllegalArgumentException if there is no attention
     * @throws glimpse.engine.NonFiniteOutputException if the logits aren't finite numbers
     */
    public static InspectedImage of(ServerResult.Logits logits, VitConfig config) {
        int layers = PassOutputs.attentionLayers(config);
        float[] rows = logits.attention(); // [layers][heads][tokens]
        if (rows.length == 0) {
            throw new IllegalArgumentException("the pass gave no attention");
        }
        int last = rows.length / layers;
        AttentionMap readout = new AttentionMap(
                config.hasClassToken() ? layers - 1 : config.depth(),
                config.heads(),
                1,
                last / config.heads(),
                config.prefixTokens(),
                Arrays.copyOfRange(rows, rows.length - last, rows.length));
        AttentionScore score = AttentionScore.mean();
        Map<AttentionScore, float[]> scores = Map.of(score, score.score(List.of(readout)));
        float[] tokens = logits.patchTokens();
        Optional<PatchTokens> kept =
                tokens.length == 0 ? Optional.empty() : Optional.of(PatchTokens.of(tokens, config.width()));
        return new InspectedImage(new EdgeResult(logits.prediction(), scores, kept), readout);
    }
}
