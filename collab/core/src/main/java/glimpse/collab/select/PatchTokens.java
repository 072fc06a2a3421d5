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
    private final float[] directions; // [width][patches], each patch's of length 1 or 0

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
        float[] directions = new float[tokens.length];
        float[] squares = new float[patches];
        for (int feature = 0; feature < width; feature++) {
            float sum = 0;
            for (int patch = 0; patch < patches; patch++) {
                sum += tokens[patch * width + feature];
            }
            for (int patch = 0; patch < patches; patch++) {
                float value = tokens[patch * width + feature] - sum / patches;
                directions[feature * patches + patch] = value;
                squares[patch] += value * value;
            }
        }
        for (int patch = 0; patch < patches; patch++) {
            squares[patch] = squares[patch] > 0 ? (float) (1 / Math.sqrt(squares[patch])) : 0;
        }
        for (int i = 0; i < directions.length; i++) {
            directions[i] *= squares[i % patches];
        }
        return new PatchTokens(patches, width, directions);
    }

    /** Returns the number of patches. */
    int patches() {
        return patches;
    }

    /**
     * Computes how far each patch is from one of them: 1 less the cosine of the angle between their tokens, 0..2 but
     * for rounding; 1 if one of the tokens is 0.
     *
     * @return {@code [patches]}
     */
    double[] distances(int patch) {
        double[] cosines = new double[patches]; // a type of its own: the compiler sees that it isn't `directions`
        for (int feature = 0; feature < width; feature++) {
            double value = directions[feature * patches + patch];
            int row = feature * patches;
            // patches side by side, features one after another: the same bits at any width of vectors
            for (int other = 0; other < patches; other++) {
                cosines[other] += value * directions[row + other];
            }
        }
        for (int other = 0; other < patches; other++) {
            cosines[other] = Math.max(0, 1 - cosines[other]);
        }
        return cosines;
    }
}
