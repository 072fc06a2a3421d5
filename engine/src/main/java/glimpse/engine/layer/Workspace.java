package glimpse.engine.layer;

import glimpse.engine.gemm.Gemm;
import glimpse.engine.gemm.ValueGemm;
import glimpse.engine.gemm.WeightPrefetcher;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.parallel.WorkerTeam;

/**
 * The mutable state of a forward pass: the batch, its activations and the tasks that work on them. Buffers grow to the
 * largest batch seen and are reused, so a warm pass allocates nothing here. Belongs to one session.
 */
public final class Workspace {
    final Kernels kernels;
    final WorkerTeam team;
    final TokenBatch batch;
    final Gemm gemm;
    final ValueGemm valueGemm;
    final NormTask norm;
    final AttentionTask attention;
    final EmbeddingTask embedding;
    final GateTask gate;

    // Panels of all tokens; d is the model's width.
    float[] patches = new float[0]; // [panels][patchLength][P]
    float[] x = new float[0]; // [panels][d][P]: the residual stream
    float[] normal = new float[0]; // [panels][d][P]
    float[] normalTiles = new float[0]; // [panels x P/8][d][8]
    float[] queries = new float[0]; // [panels][d][P]
    float[] keyTiles = new float[0]; // [panels x P/8][d][8]
    float[] valueTiles = new float[0]; // per image: [value rows / 8][tokens, padded][8]
    float[] attended = new float[0]; // [panels][d][P]
    float[] hidden = new float[0]; // [panels][mlpRows][P]
    float[] gated = new float[0]; // [panels][mlpWidth][P], where the MLPs have a gate

    private boolean represented; // whether the features are the representation

    // Panels of one token per image.
    final ClassTokens classTokens = new ClassTokens();

    /** Buffers of one token per image, for the last block and the head: the class token or what is pooled. */
    static final class ClassTokens {
        float[] x = new float[0]; // [class panels][d][P]
        float[] normal = new float[0]; // [class panels][d][P]
        float[] queries = new float[0]; // [class panels][d][P]
        float[] attended = new float[0]; // [class panels][d][P]
        float[] hidden = new float[0]; // [class panels][mlpRows][P]
        float[] gated = new float[0]; // [class panels][mlpWidth][P], where the MLPs have a gate
        float[] features = new float[0]; // [class panels][pooledWidth][P]
        float[] representation = new float[0]; // [class panels][representationWidth][P], where there is one
        float[] logits = new float[0]; // [class panels][outputs][P]: logits or projected features
    }

    /** Creates an empty workspace for the workers of a team. */
    public Workspace(Kernels kernels, WorkerTeam team) {
        this.kernels = kernels;
        this.team = team;
        batch = new TokenBatch(kernels);
        WeightPrefetcher prefetcher = new WeightPrefetcher();
        gemm = new Gemm(kernels, team, prefetcher);
        valueGemm = new ValueGemm(kernels, team, batch, prefetcher);
        norm = new NormTask(this);
        attention = new AttentionTask(this);
        embedding = new EmbeddingTask(this);
        gate = new GateTask(this);
    }

    /** Returns the batch, to be filled before {@link #prepare}. */
    public TokenBatch batch() {
        return batch;
    }

    /**
     * The lengths of a model's activations.
     *
     * @param mlpRows rows of the MLP's first layer
     * @param mlpWidth columns of the second
     * @param valueRows rows of the values, padding included
     * @param pooledWidth length of what is pooled
     * @param representationWidth rows of the layer that tanh follows; 0 without one
     * @param outputs rows of the head's last layer; 0 without one
     */
    public record Sizes(
            int patchLength,
            int width,
            int mlpRows,
            int mlpWidth,
            int valueRows,
            int pooledWidth,
            int representationWidth,
            int outputs) {}

    /**
     * Makes room for the batch.
     *
     * @throws IllegalArgumentException if a buffer would be longer than an array can be; nothing is allocated then
     */
    public void prepare(Sizes sizes) {
        requireRoom(sizes);
        int width = sizes.width();
        int gatedWidth = sizes.mlpRows() == sizes.mlpWidth() ? 0 : sizes.mlpWidth();
        int panels = batch.layout().panels();
        patches = room(patches, panels, sizes.patchLength());
        x = room(x, panels, width);
        normal = room(normal, panels, width);
        normalTiles = room(normalTiles, panels, width);
        queries = room(queries, panels, width);
        keyTiles = room(keyTiles, panels, width);
        valueTiles = room(valueTiles, panels, sizes.valueRows());
        attended = room(attended, panels, width);
        hidden = room(hidden, panels, sizes.mlpRows());
        gated = room(gated, panels, gatedWidth);
        int classPanels = batch.classLayout().panels();
        classTokens.x = room(classTokens.x, classPanels, width);
        classTokens.normal = room(classTokens.normal, classPanels, width);
        classTokens.queries = room(classTokens.queries, classPanels, width);
        classTokens.attended = room(classTokens.attended, classPanels, width);
        classTokens.hidden = room(classTokens.hidden, classPanels, sizes.mlpRows());
        classTokens.gated = room(classTokens.gated, classPanels, gatedWidth);
        classTokens.features = room(classTokens.features, classPanels, sizes.pooledWidth());
        classTokens.representation = room(classTokens.representation, classPanels, sizes.representationWidth());
        represented = sizes.representationWidth() > 0;
        classTokens.logits = room(classTokens.logits, classPanels, sizes.outputs());
        attention.prepare(sizes.valueRows());
    }

    /** Returns one value of one token in the residual stream, for tests that follow it block by block. */
    public float token(int image, int token, int feature, int width) {
        int panel = kernels.panel();
        int index = batch.firstPanel(image) + token / panel;
        return x[kernels.rowAt(index, width, feature) + token % panel];
    }

    /** Copies an image's logits, or its projected features. */
    public void copyLogits(int image, int outputs, float[] destination, int offset) {
        copyImage(classTokens.logits, image, outputs, destination, offset);
    }

    /** Copies an image's features, the input of the head's last layer. */
    public void copyFeatures(int image, int length, float[] destination, int offset) {
        copyImage(represented ? classTokens.representation : classTokens.features, image, length, destination, offset);
    }

    private void copyImage(float[] panels, int image, int length, float[] destination, int offset) {
        int panel = kernels.panel();
        int from = kernels.rowAt(image / panel, length, 0) + image % panel;
        for (int i = 0; i < length; i++) {
            destination[offset + i] = panels[from + i * panel];
        }
    }

    /** Copies the class token of each image out of panels of all tokens. */
    void gatherClassTokens(float[] from, float[] to, int width) {
        gatherTokens(0, from, to, width);
    }

    /** Copies one of the first P tokens of each image out of panels of all tokens. */
    void gatherTokens(int token, float[] from, float[] to, int width) {
        gatherTokens(token, from, width, to, width, 0);
    }

    /** Copies one of the first P tokens of each image to rows of longer panels, from {@code toRow} on. */
    void gatherTokens(int token, float[] from, int width, float[] to, int toLength, int toRow) {
        int panel = kernels.panel();
        for (int image = 0; image < batch.images(); image++) {
            int source = kernels.rowAt(batch.firstPanel(image), width, 0) + token;
            int target = kernels.rowAt(image / panel, toLength, toRow) + image % panel;
            for (int i = 0; i < width; i++) {
                to[target + i * panel] = from[source + i * panel];
            }
        }
    }

    /** Averages each image's tokens from {@code firstToken} on, in their order, into rows of other panels. */
    void averageTokens(int firstToken, float[] from, int width, float[] to, int toLength, int toRow) {
        int panel = kernels.panel();
        for (int image = 0; image < batch.images(); image++) {
            int tokens = batch.tokens(image);
            int target = kernels.rowAt(image / panel, toLength, toRow) + image % panel;
            for (int i = 0; i < width; i++) {
                double sum = 0;
                for (int token = firstToken; token < tokens; token++) {
                    int index = batch.firstPanel(image) + token / panel;
                    sum += from[kernels.rowAt(index, width, i) + token % panel];
                }
                to[target + i * panel] = (float) (sum / (tokens - firstToken));
            }
        }
    }

    private void requireRoom(Sizes sizes) {
        long tokens = (long) batch.layout().panels() * kernels.panel();
        int length = Math.max(sizes.patchLength(), Math.max(sizes.mlpRows(), sizes.valueRows()));
        ArrayLimit.check(tokens * Math.max(length, sizes.width()), "activations");
        long images = (long) batch.classLayout().panels() * kernels.panel();
        int outputLength = Math.max(sizes.pooledWidth(), Math.max(sizes.representationWidth(), sizes.outputs()));
        ArrayLimit.check(images * Math.max(outputLength, sizes.mlpRows()), "outputs");
    }

    private float[] room(float[] buffer, int panels, int length) {
        int size = kernels.panelFloats(panels, length);
        return buffer.length >= size ? buffer : new float[size];
    }
}
