package glimpse.engine.layer;

import glimpse.engine.kernel.Gemm;

/**
 * Patches to tokens: a linear layer, plus the embedding of the patch's position in the image. The prefix tokens come
 * first as they are stored, their position included. Immutable.
 */
public final class PatchEmbedding {
    private final Linear linear; // its bias is zero: it is in the table
    private final float[] prefix; // [prefixTokens][width]
    private final float[] table; // [patches][width]: position embedding plus bias
    private final int prefixTokens;

    /**
     * Packs the embedding.
     *
     * @param weight {@code [width][patchLength]}
     * @param bias {@code [width]}
     * @param prefix {@code [prefixTokens][width]}
     * @param position {@code [patches][width]}
     */
    public PatchEmbedding(float[] weight, float[] bias, float[] prefix, float[] position) {
        int width = bias.length;
        linear = Linear.pack(weight, new float[width], 0, width, weight.length / width);
        this.prefix = prefix.clone();
        prefixTokens = prefix.length / width;
        table = new float[position.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = position[i] + bias[i % width];
        }
    }

    /** Fills the residual line from the batch. */
    public void forward(Workspace w) {
        w.embedding.run(this);
        w.gemm.run(linear.weights(), linear.bias(), w.patches, w.x, w.batch.layout(), Gemm.Epilogue.ADD);
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
