package glimpse.collab.node;

import glimpse.collab.select.PatchTokens;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.Pooling;
import glimpse.engine.VitConfig;
import java.nio.FloatBuffer;

/**
 * What a server's pass gives of each image. Immutable.
 *
 * @param attention whether to give the attention to all tokens of the query that the image is read out with
 * @param patchTokens whether to give the patches' tokens after the last layer
 */
public record PassOutputs(boolean attention, boolean patchTokens) {
    /** The logits alone, which every pass gives. */
    public static final PassOutputs LOGITS = new PassOutputs(false, false);

    private static final float[] NONE = {};

    /**
     * Returns the number of layers whose attention a model gives: all where a class token reads the image out, 1 with
     * attention pooling, otherwise 0.
     */
    public static int attentionLayers(VitConfig config) {
        if (config.hasClassToken()) {
            return config.depth();
        }
        return config.pooling() == Pooling.ATTENTION ? 1 : 0;
    }

    Capture capture(VitConfig config) {
        Capture capture = Capture.none();
        if (attention) {
            capture = config.hasClassToken() ? Capture.allLayers() : Capture.readoutRow();
        }
        return patchTokens ? capture.withHiddenStates(config.depth() - 1) : capture;
    }

    ServerResult.Logits read(Output output, int image, Classifier classifier) {
        VitConfig config = classifier.transformer().config();
        return new ServerResult.Logits(
                classifier,
                output.logits(image),
                attention ? attention(output, image, config) : NONE,
                patchTokens ? PatchTokens.read(output, image, config) : NONE);
    }

    /** Copies the first row, the class token's or the only one, of each head. */
    private static float[] attention(Output output, int image, VitConfig config) {
        int first = config.hasClassToken() ? 0 : config.depth();
        int layers = attentionLayers(config);
        float[] rows = NONE; // [layers][heads][tokens]
        for (int layer = 0; layer < layers; layer++) {
            var map = output.attention(image, first + layer);
            int tokens = map.columns();
            if (layer == 0) {
                rows = new float[layers * map.heads() * tokens];
            }
            FloatBuffer weights = map.view(); // [heads][map.rows()][tokens]
            for (int head = 0; head < map.heads(); head++) {
                weights.get(head * map.rows() * tokens, rows, (layer * map.heads() + head) * tokens, tokens);
            }
        }
        return rows;
    }
}
