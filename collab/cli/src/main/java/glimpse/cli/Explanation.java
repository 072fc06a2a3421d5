package glimpse.cli;

import glimpse.collab.node.Classifier;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.AttentionMap;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.Prediction;
import glimpse.engine.VitConfig;
import glimpse.engine.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * What a model answers to an image and why. Immutable.
 *
 * @param picture the image
 * @param answer every class's probability
 * @param scores of the patches
 * @param kept what the selection keeps of them
 * @param attention of the chosen layers and heads, in their order
 */
record Explanation(
        RgbImage picture, Prediction answer, PatchValues scores, SelectedPatches kept, List<HeadAttention> attention) {
    /** Copies the list. */
    Explanation {
        attention = List.copyOf(attention);
    }

    /** One value a patch. Immutable. */
    static final class PatchValues {
        private final float[] values;

        PatchValues(float[] values) {
            this.values = values.clone();
        }

        float[] array() {
            return values.clone();
        }
    }

    /**
     * How much the class token attends to each patch.
     *
     * @param layer from 0
     * @param head from 0; -1 for the mean over all heads
     * @param weights softmaxed, so at most 1 in sum
     */
    record HeadAttention(int layer, int head, PatchValues weights) {
        String caption() {
            return "layer " + (layer + 1) + (head < 0 ? ", mean of its heads" : ", head " + (head + 1));
        }
    }

    /**
     * What is asked for.
     *
     * @param score of the patches
     * @param selection of them
     * @param layers from 0; may be none
     * @param heads from 0; none for the mean over all
     */
    record Question(
            AttentionScore score, PatchSelection selection, SortedSet<Integer> layers, SortedSet<Integer> heads) {
        Capture capture(VitConfig config) {
            Capture needed = AttentionScore.capture(Set.of(score), config);
            boolean rowIsLastLayers = needed.equals(Capture.readoutRow()) && config.hasClassToken();
            if (layers.isEmpty() || (rowIsLastLayers && layers.equals(Set.of(config.depth() - 1)))) {
                return needed;
            }
            if (!config.hasClassToken()) {
                throw new IllegalArgumentException(
                        "--layers shows what the class token looks at; the model has none, only the score's attention");
            }
            return needed.and(Capture.layers(layers));
        }
    }

    /**
     * Runs the model.
     *
     * @param name of the image, which a random selection depends on
     * @throws IllegalArgumentException if the model can't take the image, or has no such layer
     */
    static Explanation of(Classifier model, RgbImage picture, String name, Question question) {
        Output output = model.transformer()
                .newSession()
                .forward(
                        model.preprocessing().normalise(model.patches(picture)),
                        question.capture(model.transformer().config()));
        List<AttentionMap> maps = output.attention(0);
        float[] scores = question.score().score(maps);
        List<HeadAttention> attention = new ArrayList<>();
        for (AttentionMap map : maps) {
            if (question.layers().contains(map.layer())) {
                attention.addAll(attention(map, question.heads()));
            }
        }
        return new Explanation(
                picture,
                Prediction.softmax(output.logits(0)),
                new PatchValues(scores),
                question.selection().select(scores, name),
                attention);
    }

    private static List<HeadAttention> attention(AttentionMap map, SortedSet<Integer> heads) {
        if (heads.isEmpty()) {
            float[] mean = new float[map.patches()];
            for (int head = 0; head < map.heads(); head++) {
                for (int patch = 0; patch < mean.length; patch++) {
                    mean[patch] += map.weight(head, 0, map.prefixTokens() + patch) / map.heads();
                }
            }
            return List.of(new HeadAttention(map.layer(), -1, new PatchValues(mean)));
        }
        List<HeadAttention> all = new ArrayList<>();
        for (int head : heads) {
            float[] weights = new float[map.patches()];
            for (int patch = 0; patch < weights.length; patch++) {
                weights[patch] = map.weight(head, 0, map.prefixTokens() + patch);
            }
            all.add(new HeadAttention(map.layer(), head, new PatchValues(weights)));
        }
        return all;
    }
}
