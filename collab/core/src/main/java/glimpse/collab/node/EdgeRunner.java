package glimpse.collab.node;

import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchTokens;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.AttentionMap;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VitConfig;
import glimpse.engine.image.PixelPatches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the edge's model on whole images and scores their patches. Not safe for use by several threads. */
public final class EdgeRunner {
    private final Classifier classifier;
    private final VitConfig config;
    private final Set<AttentionScore> scores;
    private final boolean tokens;
    private final Capture capture;
    private final Session session;

    /**
     * Creates a runner.
     *
     * @param classifier the model
     * @param scores computed for each image; empty if only predictions are wanted
     * @throws IllegalArgumentException if the model can't provide the attention that a score needs
     */
    public EdgeRunner(Classifier classifier, Set<AttentionScore> scores) {
        this(classifier, scores, false);
    }

    /**
     * Creates a runner.
     *
     * @param classifier the model
     * @param scores computed for each image; empty if only predictions are wanted
     * @param tokens whether to keep the patches' tokens, which some selections compare
     * @throws IllegalArgumentException if the model can't provide the attention that a score needs
     */
    public EdgeRunner(Classifier classifier, Set<AttentionScore> scores, boolean tokens) {
        this.classifier = Objects.requireNonNull(classifier, "classifier");
        this.scores = Set.copyOf(scores);
        this.tokens = tokens;
        this.config = classifier.transformer().config();
        this.capture = SelectionPolicy.capture(scores, tokens, config);
        this.session = classifier.transformer().newSession();
    }

    /**
     * Returns a runner that computes what policies need.
     *
     * @throws IllegalArgumentException if the model can't provide the attention that a score needs
     */
    public static EdgeRunner of(Classifier classifier, Collection<SelectionPolicy> policies) {
        return new EdgeRunner(
                classifier,
                policies.stream().map(SelectionPolicy::score).collect(Collectors.toSet()),
                policies.stream().anyMatch(policy -> policy.selection().needsTokens()));
    }

    /** Returns the model. */
    public Classifier classifier() {
        return classifier;
    }

    /**
     * Runs the model on a batch of images.
     *
     * @param images all patches of each image, as {@link Classifier#patches} cuts them
     * @return one result per image, in the same order
     * @throws glimpse.engine.NonFiniteOutputException if an image's logits aren't finite numbers
     */
    public List<EdgeResult> classify(List<PixelPatches> images) {
        if (images.isEmpty()) {
            return List.of();
        }
        List<PatchSequence> batch =
                images.stream().map(classifier.preprocessing()::normalise).toList();
        Output output = session.forward(batch, capture);
        List<EdgeResult> results = new ArrayList<>();
        for (int image = 0; image < images.size(); image++) {
            results.add(result(output, image));
        }
        return results;
    }

    /**
     * Runs the model on one image and keeps the attention that a person may want to see.
     *
     * @param image all patches of the image
     * @throws IllegalArgumentException if the model has no readout row
     * @throws glimpse.engine.NonFiniteOutputException if the logits aren't finite numbers
     */
    public InspectedImage inspect(PixelPatches image) {
        Output output = session.forward(
                List.of(classifier.preprocessing().normalise(image)), capture.and(Capture.readoutRow()));
        return new InspectedImage(result(output, 0), output.attention(0).getLast());
    }

    /** Runs the model until the virtual machine has compiled it, as {@link Session#warmUp} does. */
    void warmUp() {
        session.warmUp();
    }

    private EdgeResult result(Output output, int image) {
        Map<AttentionScore, float[]> values = new LinkedHashMap<>();
        List<AttentionMap> maps = output.attention(image);
        for (AttentionScore score : scores) {
            values.put(score, score.score(maps));
        }
        Optional<PatchTokens> kept = tokens
                ? Optional.of(PatchTokens.of(PatchTokens.read(output, image, config), config.width()))
                : Optional.empty();
        return new EdgeResult(classifier.predict(output.logits(image)), values, kept);
    }
}
