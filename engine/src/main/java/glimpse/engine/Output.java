package glimpse.engine;

import glimpse.engine.layer.AttentionBuffer;
import glimpse.engine.layer.HiddenStateBuffer;
import glimpse.engine.layer.LayerNorm;
import glimpse.engine.layer.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The result of a forward pass. It reads its session's buffers, so it is valid until the session begins another pass,
 * is trimmed or is closed; every method then throws an {@link IllegalStateException}. What the methods return are
 * copies, which stay valid. Safe to read from several threads as long as it is valid.
 */
public final class Output {
    private final Session session;
    private final long pass;

    Output(Session session, long pass) {
        this.session = session;
        this.pass = pass;
    }

    /** Returns the number of images in the batch. */
    public int size() {
        session.requireCurrent(pass);
        return session.workspace().batch().images();
    }

    /**
     * Returns a copy of an image's features, {@code [featureWidth]}: the input of the classifier, whether there is one
     * or not, or its projection in a model that has one. {@link Pooling} says what they are made of.
     *
     * @param image 0..size-1
     * @throws NonFiniteOutputException if a feature is NaN or infinite
     */
    public float[] features(int image) {
        Indices.check("image", image, size());
        VitConfig config = session.config();
        Workspace workspace = session.workspace();
        float[] features = new float[config.featureWidth()];
        if (config.projectionWidth() > 0) {
            workspace.copyLogits(image, features.length, features, 0);
        } else {
            workspace.copyFeatures(image, features.length, features, 0);
        }
        session.requireCurrent(pass);
        NonFiniteOutputException.check("feature", features);
        return features;
    }

    /**
     * Returns a copy of an image's logits, {@code [classes]}; empty for a model without a classifier. They are as the
     * model computed them, NaN and infinity included, which {@link Prediction#softmax} refuses.
     *
     * @param image 0..size-1
     */
    public float[] logits(int image) {
        float[] logits = new float[session.config().classes()];
        copyLogits(image, logits, 0);
        return logits;
    }

    /**
     * Copies an image's logits, {@code [classes]}, into an array, without allocating.
     *
     * @param image 0..size-1
     * @param offset index in {@code destination} of the first logit
     */
    public void copyLogits(int image, float[] destination, int offset) {
        Indices.check("image", image, size());
        int classes = session.config().classes();
        Objects.requireNonNull(destination, "destination");
        if (offset < 0 || offset > destination.length - classes) {
            throw new IndexOutOfBoundsException("destination has " + destination.length + " elements, too few for "
                    + classes + " logits from offset " + offset);
        }
        session.workspace().copyLogits(image, classes, destination, offset);
        session.requireCurrent(pass);
    }

    /**
     * Returns an image's captured attention in a layer.
     *
     * @param image 0..size-1
     * @param layer zero-based; the readout row is the last layer's, or attention pooling's, which counts as layer
     *     {@code depth}
     * @throws IllegalArgumentException if it was not captured
     */
    public AttentionMap attention(int image, int layer) {
        Indices.check("image", image, size());
        Indices.check("layer", layer, attentionLayers());
        AttentionBuffer buffer = session.captured()
                .attention(layer)
                .orElseThrow(
                        () -> new IllegalArgumentException("the attention of layer " + layer + " was not captured"));
        VitConfig config = session.config();
        int tokens = session.workspace().batch().tokens(image);
        int rows = buffer.isFull() ? tokens : 1;
        float[] weights = buffer.copy(image, config.heads(), rows, tokens);
        session.requireCurrent(pass);
        return AttentionMap.owning(weights, layer, config.heads(), rows, tokens, config.prefixTokens());
    }

    /**
     * Returns an image's attention in all captured layers, ascending.
     *
     * @param image 0..size-1
     */
    public List<AttentionMap> attention(int image) {
        Indices.check("image", image, size());
        List<AttentionMap> maps = new ArrayList<>();
        for (int layer = 0; layer < attentionLayers(); layer++) {
            if (session.captured().attention(layer).isPresent()) {
                maps.add(attention(image, layer));
            }
        }
        return maps;
    }

    /**
     * Returns an image's tokens after a layer, as the residual stream holds them there.
     *
     * @param image 0..size-1
     * @param layer zero-based
     * @throws IllegalArgumentException if they were not captured
     */
    public HiddenState hiddenState(int image, int layer) {
        HiddenStateBuffer buffer = captured(image, layer);
        VitConfig config = session.config();
        float[] tokens = buffer.tokens(session.workspace(), image, config.width());
        session.requireCurrent(pass);
        return new HiddenState(layer, config.prefixTokens(), config.width(), tokens);
    }

    /**
     * Returns an image's tokens after a layer, normalised by the model's last LayerNorm: after the last layer, the
     * dense features of models such as DINOv2 (arXiv 2304.07193).
     *
     * @param image 0..size-1
     * @param layer zero-based
     * @throws IllegalArgumentException if they were not captured, or if the model normalises after pooling and so has
     *     no LayerNorm of its tokens
     */
    public HiddenState normalisedHiddenState(int image, int layer) {
        HiddenStateBuffer buffer = captured(image, layer);
        VitConfig config = session.config();
        LayerNorm norm = session.tokenNorm()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the model normalises the mean of its patches and has no LayerNorm of tokens"));
        float[] tokens = buffer.normalisedTokens(session.workspace(), image, norm);
        session.requireCurrent(pass);
        return new HiddenState(layer, config.prefixTokens(), config.width(), tokens);
    }

    private HiddenStateBuffer captured(int image, int layer) {
        Indices.check("image", image, size());
        Indices.check("layer", layer, session.config().depth());
        return session.captured()
                .hiddenState(layer)
                .orElseThrow(
                        () -> new IllegalArgumentException("the hidden state of layer " + layer + " was not captured"));
    }

    private int attentionLayers() {
        VitConfig config = session.config();
        return config.pooling() == Pooling.ATTENTION ? config.depth() + 1 : config.depth();
    }
}
