package glimpse.engine.layer;

import glimpse.engine.kernel.Gemm.Epilogue;
import java.util.List;

/**
 * The classifier: a norm and a linear layer on one token of each image, on two of them with a linear layer each, or on the
 * mean of its patches. Immutable.
 */
public final class Head {
    private final LayerNorm norm;
    private final List<Linear> linear; // of the first tokens
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
     * @param weight {@code [classes][width]}
     * @param bias {@code [classes]}
     */
    public static Head ofClassToken(LayerNorm norm, float[] weight, float[] bias) {
        return new Head(norm, List.of(pack(norm, weight, bias, 1)), false, 0);
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
     * @param weight {@code [classes][width]}
     * @param bias {@code [classes]}
     */
    public static Head ofMean(LayerNorm norm, int prefixTokens, float[] weight, float[] bias) {
        return new Head(norm, List.of(pack(norm, weight, bias, 1)), true, prefixTokens);
    }

    /** From the residual line of all tokens, which the last block left complete, to logits. */
    public void forwardFromAll(Workspace w) {
        if (average) {
            w.averageTokens(firstPatch, w.x, w.classTokens.x, norm.length());
            forward(w);
            return;
        }
        for (int token = 0; token < linear.size(); token++) {
            w.gatherTokens(token, w.x, w.classTokens.x, norm.length());
            classify(w, linear.get(token), token == 0 ? Epilogue.STORE : Epilogue.ADD);
        }
    }

    /** From the class tokens' residual line, or the means in their place, to logits. */
    public void forward(Workspace w) {
        classify(w, linear.getFirst(), Epilogue.STORE);
    }

    private void classify(Workspace w, Linear layer, Epilogue epilogue) {
        Workspace.ClassTokens c = w.classTokens;
        w.norm.run(norm, c.x, c.normal, w.batch.classLayout(), false);
        w.gemm.run(layer.weights(), layer.bias(), c.normal, c.logits, w.batch.classLayout(), epilogue);
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
