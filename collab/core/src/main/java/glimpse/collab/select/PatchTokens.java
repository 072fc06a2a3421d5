package glimpse.collab.select;

import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.Pooling;
import glimpse.engine.VitConfig;

/**
 * What a model makes of each patch: the tokens after its last layer. Two patches complement one another where these
 * point in different directions. Immutable.
 */
public final class PatchTokens {
    private final int patches;
    private final int width;
    private final float[] directions; // [patches][width], each of length 1 or 0

    private PatchTokens(int patches, int width, float[] directions) {
        this.patches = patches;
        this.width = width;
        this.directions = directions;
    }

    /** Returns a capture that also keeps what {@link #read} reads. */
    public static Capture capture(Capture capture, VitConfig config) {
        return capture.withHiddenStates(config.depth() - 1);
    }

    /**
     * Returns the patches' tokens after the last layer, {@code [patches][width]}, normalised by the model's last
     * LayerNorm where it has one for tokens.
     *
     * @param output of a pass that kept the last layer's hidden states
     */
    public static float[] read(Output output, int image, VitConfig config) {
        int last = config.depth() - 1;
        var state = config.pooling() == Pooling.MEAN_OF_PATCHES
                ? output.hiddenState(image, last) // the only LayerNorm is of the mean
                : output.normalisedHiddenState(image, last);
        return state.patchTokens();
    }

    /**
     * Takes tokens less their mean over the image.
     *
     * @param tokens {@code [patches][width]}
     * @param width at least 1
     */
    public static PatchTokens of(float[] tokens, int width) {
        if (width < 1 || tokens.length % width != 0) {
            throw new IllegalArgumentException(
                    "tokens has " + tokens.length + " elements, expected a multiple of width " + width);
        }
        int patches = tokens.length / width;
        float[] directions = tokens.clone();
        subtractMean(directions, patches, width);
        for (int patch = 0; patch < patches; patch++) {
            double norm = Math.sqrt(dot(directions, patch, patch, width));
            if (norm > 0) {
                for (int i = patch * width; i < (patch + 1) * width; i++) {
                    directions[i] = (float) (directions[i] / norm);
                }
            }
        }
        return new PatchTokens(patches, width, directions);
    }

    private static void subtractMean(float[] tokens, int patches, int width) {
        for (int feature = 0; feature < width; feature++) {
            double sum = 0;
            for (int i = feature; i < tokens.length; i += width) {
                sum += tokens[i];
            }
            float mean = (float) (sum / patches);
            for (int i = feature; i < tokens.length; i += width) {
                tokens[i] -= mean;
            }
        }
    }

    /** Returns the number of patches. */
    int patches() {
        return patches;
    }

    /** Returns 1 less the cosine of the angle between two patches' tokens, 0..2 but for rounding; 1 if one is 0. */
    float distance(int one, int other) {
        return 1 - dot(directions, one, other, width);
    }

    /** Sums in four parts, which a processor adds side by side, always in the same order. */
    private static float dot(float[] values, int one, int other, int width) {
        int a = one * width;
        int b = other * width;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int i = 0;
        for (; i + 3 < width; i += 4) {
            sum0 += values[a + i] * values[b + i];
            sum1 += values[a + i + 1] * values[b + i + 1];
            sum2 += values[a + i + 2] * values[b + i + 2];
            sum3 += values[a + i + 3] * values[b + i + 3];
        }
        for (; i < width; i++) {
            sum0 += values[a + i] * values[b + i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
