package glimpse.engine.layer;

import glimpse.engine.gemm.Gemm.Epilogue;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.packed.WeightRows;
import java.util.List;
import java.util.Optional;

/**
 * What follows the blocks: pooling of an image's tokens; in some models a linear layer and tanh (the representation);
 * and a linear layer on these features, the classifier or an encoder's projection, if the model has one. A model with a
 * distillation token has a classifier on each of two tokens. Immutable.
 */
public final class Head {
    private final List<Pooler> poolers; // the last one's features are the image's
    private final Optional<Linear> representation;
    private final List<Linear> linear; // one per pooler; none in an encoder

    private Head(List<Pooler> poolers, Optional<Linear> representation, List<Linear> linear) {
        this.poolers = poolers;
        this.representation = representation;
        this.linear = linear;
    }

    /**
     * Returns a head on any pooled features.
     *
     * @param weight {@code [outputs][pooler.length()]}; no outputs for features alone
     * @param bias {@code [outputs]}
     */
    public static Head of(Pooler pooler, WeightRows weight, float[] bias) {
        return new Head(List.of(pooler), Optional.empty(), last(pooler.length(), weight, bias));
    }

    /**
     * Returns a head on tanh of a linear layer of any pooled features.
     *
     * @param firstWeight weights of that layer, {@code [representation][pooler.length()]}
     * @param firstBias its bias, {@code [representation]}
     * @param weight {@code [outputs][representation]}; no outputs for features alone
     * @param bias {@code [outputs]}
     */
    public static Head ofRepresentation(
            Pooler pooler, WeightRows firstWeight, float[] firstBias, WeightRows weight, float[] bias) {
        Linear first = Linear.pack(firstWeight, firstBias, 0, firstBias.length, pooler.length());
        return new Head(List.of(pooler), Optional.of(first), last(firstBias.length, weight, bias));
    }

    private static List<Linear> last(int inputs, WeightRows weight, float[] bias) {
        return bias.length == 0 ? List.of() : List.of(Linear.pack(weight, bias, 0, bias.length, inputs));
    }

    /**
     * Returns a head on the class token.
     *
     * @param weight {@code [outputs][width]}; no outputs for features alone
     * @param bias {@code [outputs]}
     */
    public static Head ofClassToken(LayerNorm norm, WeightRows weight, float[] bias) {
        return of(classToken(norm), weight, bias);
    }

    /** Returns the pooling that takes the class token, normalised. */
    public static Pooler classToken(LayerNorm norm) {
        return new TokenPooler(norm, 0);
    }

    /**
     * Returns a head whose logits are the mean of two classifiers, on the first and on the second token.
     *
     * @param weight of the first classifier, {@code [classes][width]}
     * @param bias of the first classifier, {@code [classes]}
     * @param secondWeight as {@code weight}
     * @param secondBias as {@code bias}
     */
    public static Head ofTwoTokens(
            LayerNorm norm, WeightRows weight, float[] bias, WeightRows secondWeight, float[] secondBias) {
        Pooler first = new TokenPooler(norm, 0);
        Pooler second = new TokenPooler(norm, 1);
        return new Head(
                List.of(second, first),
                Optional.empty(),
                List.of(pack(second, secondWeight, secondBias, 0.5f), pack(first, weight, bias, 0.5f)));
    }

    /**
     * Computes features and logits from the residual stream of all tokens.
     *
     * @param capture receives the attention of attention pooling
     */
    public void forwardFromAll(Workspace w, Optional<AttentionBuffer> capture) {
        for (int i = 0; i < poolers.size(); i++) {
            poolers.get(i).pool(w, capture);
            classify(w, i);
        }
    }

    /** Returns the LayerNorm of all tokens before the pooling; none where a norm follows it. */
    public Optional<LayerNorm> tokenNorm() {
        return poolers.getLast().tokenNorm();
    }

    /** Computes features and logits from the class tokens' own residual stream; for a head on the class token alone. */
    public void forward(Workspace w) {
        if (!(poolers.getLast() instanceof TokenPooler pooler)) {
            throw new IllegalStateException("the head reads more than the class token");
        }
        pooler.normalise(w);
        classify(w, 0);
    }

    private void classify(Workspace w, int index) {
        Workspace.ClassTokens c = w.classTokens;
        float[] features = c.features;
        if (representation.isPresent()) {
            represent(w, representation.get());
            features = c.representation;
        }
        if (!linear.isEmpty()) {
            Linear layer = linear.get(index);
            Epilogue epilogue = index == 0 ? Epilogue.STORE : Epilogue.ADD;
            w.gemm.run(layer.weights(), layer.bias(), features, c.logits, w.batch.classLayout(), epilogue);
        }
    }

    private static void represent(Workspace w, Linear layer) {
        Workspace.ClassTokens c = w.classTokens;
        w.gemm.run(layer.weights(), layer.bias(), c.features, c.representation, w.batch.classLayout(), Epilogue.STORE);
        int end = w.kernels.panelFloats(w.batch.classLayout().panels(), layer.bias().length);
        for (int i = Kernels.ALIGNMENT_OFFSET; i < end; i++) {
            c.representation[i] = (float) StrictMath.tanh(c.representation[i]); // the same bits on every platform
        }
    }

    /** Packs a classifier; a factor that is a power of two changes only exponents. */
    private static Linear pack(Pooler pooler, WeightRows weight, float[] bias, float factor) {
        return Linear.pack(weight, bias, 0, bias.length, pooler.length(), factor);
    }
}
