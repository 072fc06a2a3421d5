package glimpse.cli.command;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.select.MessageLength;
import glimpse.collab.select.SelectedPatches;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.AttentionMap;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.Prediction;
import glimpse.engine.VitConfig;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * A model's prediction for an image and the attention behind it. Immutable.
 *
 * @param picture the image
 * @param prediction the probability of every class
 * @param scores one per patch
 * @param selected the patches that the selection keeps
 * @param attention attention of the chosen layers and heads, in their order
 */
record Explanation(
        RgbImage picture,
        Prediction prediction,
        PatchValues scores,
        SelectedPatches selected,
        List<HeadAttention> attention) {
    /** Copies the list. */
    Explanation {
        attention = List.copyOf(attention);
    }

    /** One value per patch. Immutable. */
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
     * @param layer counted from 0
     * @param head counted from 0; -1 for the mean over all heads
     * @param weights softmax weights of the patches; their sum is at most 1
     */
    record HeadAttention(int layer, int head, PatchValues weights) {
        String caption() {
            return "layer " + (layer + 1) + (head < 0 ? ", mean over heads" : ", head " + (head + 1));
        }
    }

    /**
     * What to compute.
     *
     * @param policy the score of the patches, and which it selects
     * @param codec encodes pixels, for selections whose budget is one of bytes
     * @param layers the layers to show, counted from 0; may be empty
     * @param heads the heads to show, counted from 0; empty for the mean over all heads
     */
    record Question(SelectionPolicy policy, PayloadCodec codec, SortedSet<Integer> layers, SortedSet<Integer> heads) {
        Capture capture(VitConfig config) {
            Capture needed = policy.capture(config);
            boolean rowIsLastLayers =
                    config.hasClassToken() && policy.score().capture(config).equals(Capture.readoutRow());
            if (layers.isEmpty() || (rowIsLastLayers && layers.equals(Set.of(config.depth() - 1)))) {
                return needed;
            }
            if (!config.hasClassToken()) {
                throw new IllegalArgumentException(
                        "--layers and --heads show the attention of the class token, and the model has none");
            }
            return needed.and(Capture.layers(layers));
        }
    }

    /**
     * Runs the model on an image.
     *
     * @param name the image's name, which seeds a random selection
     * @throws IllegalArgumentException if the model doesn't accept the image, or lacks a layer
     */
    static Explanation of(Classifier model, RgbImage picture, String name, Question question) {
        VitConfig config = model.transformer().config();
        PixelPatches image = model.patches(picture);
        Output output = model.transformer()
                .newSession()
                .forward(model.preprocessing().normalise(image), question.capture(config));
        List<AttentionMap> maps = output.attention(0);
        float[] scores = question.policy().score().score(maps);
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
                question.policy()
                        .selection()
                        .select(
                                question.policy().scored(output, 0, config).sentAs(length(question, config, image)),
                                name),
                attention);
    }

    private static MessageLength length(Question question, VitConfig config, PixelPatches image) {
        return new EdgeStep(OffloadGate.always(), question.policy(), question.codec())
                .messageLength(config.grid(), image);
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
