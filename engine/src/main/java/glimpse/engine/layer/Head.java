package glimpse.engine.layer;

import glimpse.engine.kernel.Gemm.Epilogue;
import java.util.List;

/**
 * What comes after the blocks: a norm, whose result are the image's features, and the classifier, a linear layer, if the
 * model has one. It looks at one token of each image, at two of them with a linear layer each, or at the mean of its
 * patches. Immutable.
 */
public final class Head {
    private final LayerNorm norm;
    private final List<Linear> linear; // of the first tokens; none in an encoder
    private final boolean average;
    private final int firstPatch;

    private Head(LayerNorm norm, List<Linear> linear, boolean average, int firstPatch) {
        this.norm = norm;
        this.linear = linear;
        this.average = average;
        this.firstPatch = firstPatch;
    }

    /**
     * On the class token.
     *
     * @param weight {@code [classes][width]}; no classes for features alone
     * @param bias {@code [classes]}
     */
    public static Head ofClassToken(LayerNorm norm, float[] weight, float[] bias) {
        return new Head(norm, packAll(norm, weight, bias), false, 0);
    }

    /**
     * The mean of two classifiers, on the first and on the second token.
     *
     * @param weight the first's, {@code [classes][width]}
     * @param bias the first's, {@code [classes]}
     * @param secondWeight as {@code weight}
     * @param secondBias as {@code bias}
     */
    public static Head ofTwoTokens(
            LayerNorm norm, float[] weight, float[] bias, float[] secondWeight, float[] secondBias) {
        List<Linear> halves = List.of(pack(norm, weight, bias, 0.5f), pack(norm, secondWeight, secondBias, 0.5f));
        return new Head(norm, halves, false, 0);
    }

    /**
     * On the mean of the patches' tokens.
     *
     * @param prefixTokens tokens before the first patch
     * @param weight {@code [classes][width]}; no classes for features alone
     * @param bias {@code [classes]}
     */
    public static Head ofMean(LayerNorm norm, int prefixTokens, float[] weight, float[] bias) {
        return new Head(norm, packAll(norm, weight, bias), true, prefixTokens);
    }

    /** From the residual line of all tokens, which the last block left complete, to features and logits. */
    public void forwardFromAll(Workspace w) {
        if (average) {
            w.averageTokens(firstPatch, w.x, w.classTokens.x, norm.length());
            forward(w);
            return;
        }
        // the class token last, so that its features are what remains
        for (int token = linear.size() - 1; token > 0; token--) {
            w.gatherTokens(token, w.x, w.classTokens.x, norm.length());
            finish(w, token, Epilogue.STORE);
        }
        w.gatherTokens(0, w.x, w.classTokens.x, norm.length());
        finish(w, 0, linear.size() > 1 ? Epilogue.ADD : Epilogue.STORE);
    }

    /** From the class tokens' residual line, or the means in their place, to features and logits. */
    public void forward(Workspace w) {
        finish(w, 0, Epilogue.STORE);
    }

    private void finish(Workspace w, int token, Epilogue epilogue) {
        Workspace.ClassTokens c = w.classTokens;
        w.norm.run(norm, c.x, c.normal, w.batch.classLayout(), false);
        if (!linear.isEmpty()) {
            Linear layer = linear.get(token);
            w.gemm.run(layer.weights(), layer.bias(), c.normal, c.logits, w.batch.classLayout(), epilogue);
        }
    }

    private static List<Linear> packAll(LayerNorm norm, float[] weight, float[] bias) {
        return bias.length == 0 ? List.of() : List.of(pack(norm, weight, bias, 1));
    }

    /** A factor of a power of two changes no bit but the exponent. */
    private static Linear pack(LayerNorm norm, float[] weight, float[] bias, float factor) {
        return Linear.pack(times(weight, factor), times(bias, factor), 0, bias.length, norm.length());
    }

    private static float[] times(float[] values, float factor) {
        float[] product = new float[values.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = values[i] * factor;
        }
        return product;
    }
}
