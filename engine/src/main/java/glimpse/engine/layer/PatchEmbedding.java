package glimpse.engine.layer;

import glimpse.engine.gemm.Gemm;
import glimpse.engine.packed.WeightRows;
import java.util.Optional;

/**
 * Turns patches into tokens: a linear layer plus the embedding of the patch's position in the image. The prefix tokens
 * come first, as they are stored, their positions included. In some families a LayerNorm of all tokens follows.
 * Immutable.
 */
public final class PatchEmbedding {
    private final Linear linear; // with zero bias: the bias is in the table
    private final float[] prefix; // [prefixTokens][width]
    private final float[] table; // [patches][width]: position embedding plus bias
    private final int prefixTokens;
    private final Optional<LayerNorm> norm;

    /** Packs the embedding of a model without a LayerNorm after it. */
    public PatchEmbedding(WeightRows weight, int patchLength, float[] bias, float[] prefix, float[] position) {
        this(weight, patchLength, bias, prefix, position, Optional.empty());
    }

    /**
     * Packs the embedding.
     *
     * @param weight {@code [width][patchLength]}
     * @param bias {@code [width]}
     * @param prefix {@code [prefixTokens][width]}
     * @param position {@code [patches][width]}
     * @param norm LayerNorm of the tokens, their positions included
     * @throws java.io.UncheckedIOException if the weights can't be read
     */
    public PatchEmbedding(
            WeightRows weight,
            int patchLength,
            float[] bias,
            float[] prefix,
            float[] position,
            Optional<LayerNorm> norm) {
        this.norm = norm;
        int width = bias.length;
        linear = Linear.pack(weight, new float[width], 0, width, patchLength);
        this.prefix = prefix.clone();
        prefixTokens = prefix.length / width;
        table = new float[position.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = position[i] + bias[i % width];
        }
    }

    /** Fills the residual stream from the batch. */
    public void forward(Workspace w) {
        w.embedding.run(this);
        w.gemm.run(linear.weights(), linear.bias(), w.patches, w.x, w.batch.layout(), Gemm.Epilogue.ADD);
        if (norm.isPresent()) {
            w.norm.run(norm.get(), w.x, w.x, w.batch.layout(), false); // a panel is read before it is written
        }
    }

    int prefixTokens() {
        return prefixTokens;
    }

    int width() {
        return linear.weights().rows();
    }

    int patchLength() {
        return linear.weights().columns();
    }

    float[] prefix() {
        return prefix;
    }

    float[] table() {
        return table;
    }
}
