package glimpse.engine;

import glimpse.engine.layer.AttentionBuffer;
import glimpse.engine.layer.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a forward pass gave. It reads the session's buffers and is valid until the session's next forward pass; what its
 * methods return are copies, which stay. Not thread-safe.
 */
public final class Output {
    private final VitConfig config;
    private final Workspace workspace;
    private Optional<AttentionBuffer>[] buffers; // [depth]

    Output(VitConfig config, Workspace workspace) {
        this.config = config;
        this.workspace = workspace;
        this.buffers = noBuffers();
    }

    void set(Optional<AttentionBuffer>[] captured) {
        buffers = captured;
    }

    /** Number of images in the batch. */
    public int size() {
        return workspace.batch().images();
    }

    /**
     * A copy of an image's features, {@code [featureWidth]}: what the classifier looks at, or would if there was one; or
     * their projection, of a model that has one. {@link Pooling} says what they are made of.
     */
    public float[] features(int image) {
        java.util.Objects.checkIndex(image, size());
        float[] features = new float[config.featureWidth()];
        if (config.projectionWidth() > 0) {
            workspace.copyLogits(image, features.length, features, 0);
        } else {
            workspace.copyFeatures(image, features.length, features, 0);
        }
        return features;
    }

    /** A copy of an image's logits, {@code [classes]}; empty for a model without a classifier. */
    public float[] logits(int image) {
        float[] logits = new float[config.classes()];
        copyLogits(image, logits, 0);
        return logits;
    }

    /** Copies an image's logits to an array, without allocating. */
    public void copyLogits(int image, float[] destination, int offset) {
        java.util.Objects.checkIndex(image, size());
        java.util.Objects.checkFromIndexSize(offset, config.classes(), destination.length);
        workspace.copyLogits(image, config.classes(), destination, offset);
    }

    /**
     * An image's captured attention in a layer.
     *
     * @param layer zero-based; the class row is the last layer's, or attention pooling's, which counts as layer {@code
     *     depth}
     * @throws IllegalArgumentException if it was not captured
     */
    public AttentionMap attention(int image, int layer) {
        java.util.Objects.checkIndex(image, size());
        java.util.Objects.checkIndex(layer, layers());
        AttentionBuffer buffer = buffers[layer].orElseThrow(
                () -> new IllegalArgumentException("the attention of layer " + layer + " was not captured"));
        int tokens = workspace.batch().tokens(image);
        int rows = buffer.isFull() ? tokens : 1;
        float[] weights = buffer.copy(image, config.heads(), rows, tokens);
        return new AttentionMap(layer, config.heads(), rows, tokens, config.prefixTokens(), weights);
    }

    /** An image's attention in all captured layers, ascending. */
    public List<AttentionMap> attention(int image) {
        List<AttentionMap> maps = new ArrayList<>();
        for (int layer = 0; layer < layers(); layer++) {
            if (buffers[layer].isPresent()) {
                maps.add(attention(image, layer));
            }
        }
        return maps;
    }

    private int layers() {
        return config.pooling() == Pooling.ATTENTION ? config.depth() + 1 : config.depth();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
    private static Optional<AttentionBuffer>[] noBuffers() {
        return new Optional[0];
    }
}
