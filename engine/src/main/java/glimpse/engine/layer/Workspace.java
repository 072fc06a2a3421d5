package glimpse.engine.layer;

import glimpse.engine.kernel.Gemm;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.kernel.ValueGemm;
import glimpse.engine.parallel.WorkerTeam;

/**
 * What a forward pass writes to: the batch, its activations, and the tasks that work on them. Buffers grow to the
 * largest batch seen and stay, so that a warm pass allocates nothing. Belongs to one session.
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

    // Panels of all tokens; d is the model's width.
    float[] patches = new float[0]; // [panels][patchLength][P]
    float[] x = new float[0]; // [panels][d][P]: the residual line
    float[] normal = new float[0]; // [panels][d][P]
    float[] normalTiles = new float[0]; // [panels x P/8][d][8]
    float[] queries = new float[0]; // [panels][d][P]
    float[] keyTiles = new float[0]; // [panels x P/8][d][8]
    float[] valueTiles = new float[0]; // an image after the other: [value rows / 8][tokens, padded][8]
    float[] attended = new float[0]; // [panels][d][P]
    float[] hidden = new float[0]; // [panels][mlpWidth][P]

    // Panels of the class tokens alone.
    final ClassTokens classTokens = new ClassTokens();

    /** Buffers of the class tokens, for the last block and the head. */
    static final class ClassTokens {
        float[] x = new float[0]; // [class panels][d][P]
        float[] normal = new float[0]; // [class panels][d][P]
        float[] queries = new float[0]; // [class panels][d][P]
        float[] attended = new float[0]; // [class panels][d][P]
        float[] hidden = new float[0]; // [class panels][mlpWidth][P]
        float[] logits = new float[0]; // [class panels][classes][P]
    }

    /** An empty workspace for a team's workers. */
    public Workspace(Kernels kernels, WorkerTeam team) {
        this.kernels = kernels;
        this.team = team;
        batch = new TokenBatch(kernels);
        gemm = new Gemm(kernels, team);
        valueGemm = new ValueGemm(kernels, team, batch);
        norm = new NormTask(this);
        attention = new AttentionTask(this);
        embedding = new EmbeddingTask(this);
    }

    /** The batch, to be filled before {@link #prepare}. */
    public TokenBatch batch() {
        return batch;
    }

    /**
     * Makes room for the batch.
     *
     * @param valueRows rows of the values, padding included
     */
    public void prepare(int patchLength, int width, int mlpWidth, int valueRows, int classes) {
        int tokens = batch.layout().panels() * kernels.panel();
        patches = room(patches, tokens, patchLength);
        x = room(x, tokens, width);
        normal = room(normal, tokens, width);
        normalTiles = room(normalTiles, tokens, width);
        queries = room(queries, tokens, width);
        keyTiles = room(keyTiles, tokens, width);
        valueTiles = room(valueTiles, tokens, valueRows);
        attended = room(attended, tokens, width);
        hidden = room(hidden, tokens, mlpWidth);
        int classTokenLanes = batch.classLayout().panels() * kernels.panel();
        classTokens.x = room(classTokens.x, classTokenLanes, width);
        classTokens.normal = room(classTokens.normal, classTokenLanes, width);
        classTokens.queries = room(classTokens.queries, classTokenLanes, width);
        classTokens.attended = room(classTokens.attended, classTokenLanes, width);
        classTokens.hidden = room(classTokens.hidden, classTokenLanes, mlpWidth);
        classTokens.logits = room(classTokens.logits, classTokenLanes, classes);
        attention.prepare(valueRows);
    }

    /** The residual line's value of one token, for tests that follow it block by block. */
    public float token(int image, int token, int feature, int width) {
        int panel = kernels.panel();
        int index = batch.firstPanel(image) + token / panel;
        return x[(index * width + feature) * panel + token % panel];
    }

    /** Copies an image's logits. */
    public void copyLogits(int image, int classes, float[] destination, int offset) {
        int panel = kernels.panel();
        int from = image / panel * classes * panel + image % panel;
        for (int i = 0; i < classes; i++) {
            destination[offset + i] = classTokens.logits[from + i * panel];
        }
    }

    /** Copies an image's features, the norm's result that the classifier looks at. */
    public void copyFeatures(int image, int width, float[] destination, int offset) {
        int panel = kernels.panel();
        int from = image / panel * width * panel + image % panel;
        for (int i = 0; i < width; i++) {
            destination[offset + i] = classTokens.normal[from + i * panel];
        }
    }

    /** Copies the class tokens out of panels of all tokens. */
    void gatherClassTokens(float[] from, float[] to, int width) {
        gatherTokens(0, from, to, width);
    }

    /** Copies one of the first P tokens of each image out of panels of all tokens. */
    void gatherTokens(int token, float[] from, float[] to, int width) {
        int panel = kernels.panel();
        for (int image = 0; image < batch.images(); image++) {
            int source = batch.firstPanel(image) * width * panel + token;
            int target = image / panel * width * panel + image % panel;
            for (int i = 0; i < width; i++) {
                to[target + i * panel] = from[source + i * panel];
            }
        }
    }

    /** Averages each image's tokens from {@code firstToken} on, in their order. */
    void averageTokens(int firstToken, float[] from, float[] to, int width) {
        int panel = kernels.panel();
        for (int image = 0; image < batch.images(); image++) {
            int tokens = batch.tokens(image);
            int target = image / panel * width * panel + image % panel;
            for (int i = 0; i < width; i++) {
                double sum = 0;
                for (int token = firstToken; token < tokens; token++) {
                    int index = batch.firstPanel(image) + token / panel;
                    sum += from[(index * width + i) * panel + token % panel];
                }
                to[target + i * panel] = (float) (sum / (tokens - firstToken));
            }
        }
    }

    private static float[] room(float[] buffer, int tokens, int length) {
        int size = Math.multiplyExact(tokens, length);
        return buffer.length >= size ? buffer : new float[size];
    }
}
