package glimpse.engine.layer;

import static glimpse.engine.kernel.Kernels.ALIGNMENT_OFFSET;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.gemm.TileProduct;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.parallel.WorkerTeam;
import java.util.Arrays;
import java.util.Optional;

/**
 * Computes attention; a unit is one head for one panel of queries. The scores are computed transposed, {@code [key][P
 * queries]}: softmax then runs down the keys with queries as lanes, and its result is the panel that the values' tiles
 * are multiplied with.
 */
final class AttentionTask implements WorkerTeam.Task {
    private final Workspace workspace;
    private final Scratch[] scratch; // [workers]
    private int heads;
    private int width;
    private boolean classTokens;
    private Optional<AttentionBuffer> capture = Optional.empty();
    private int valueLanes;

    /** Intermediate results of one worker. */
    private static final class Scratch {
        final TileProduct product;
        float[] query = new float[0]; // [headWidth][P]: one readout query, in lane 0
        float[] scores = new float[0]; // [tokens, padded to 8][P]
        float[] sums = new float[0]; // [headWidth, padded to 8][P]
        float[] inverse = new float[0]; // [P]

        Scratch(Kernels kernels) {
            product = new TileProduct(kernels);
        }
    }

    AttentionTask(Workspace workspace) {
        this.workspace = workspace;
        scratch = new Scratch[workspace.team.threads()];
        Arrays.setAll(scratch, i -> new Scratch(workspace.kernels));
    }

    void prepare(int valueRows) {
        valueLanes = valueRows;
    }

    void run(SelfAttention layer, Optional<AttentionBuffer> buffer) {
        set(layer, buffer, false);
        workspace.team.run(workspace.batch.layout().panels() * heads, this);
    }

    void runClassTokens(SelfAttention layer, Optional<AttentionBuffer> buffer) {
        set(layer, buffer, true);
        workspace.team.run(workspace.batch.images() * heads, this);
    }

    private void set(SelfAttention layer, Optional<AttentionBuffer> buffer, boolean onlyClassTokens) {
        heads = layer.heads();
        width = layer.width();
        capture = buffer;
        classTokens = onlyClassTokens;
        int panel = workspace.kernels.panel();
        int headWidth = width / heads;
        int querySize = workspace.kernels.panelFloats(1, headWidth);
        int scoreSize = workspace.kernels.panelFloats(1, Math.ceilDiv(workspace.batch.mostTokens(), TILE) * TILE);
        for (Scratch s : scratch) {
            if (s.scores.length < scoreSize) {
                s.scores = new float[scoreSize];
            }
            if (s.inverse.length < panel || s.query.length < querySize) {
                s.inverse = new float[panel];
                s.query = new float[querySize];
                s.sums = new float[workspace.kernels.panelFloats(1, SelfAttention.paddedHeadWidth(headWidth))];
            }
        }
    }

    @Override
    public void run(int unit, int worker) {
        int index = unit / heads;
        int head = unit % heads;
        if (classTokens) {
            classToken(index, head, worker);
        } else {
            panel(index, head, worker);
        }
    }

    private void panel(int index, int head, int worker) {
        Scratch s = scratch[worker];
        int panel = workspace.kernels.panel();
        int image = workspace.batch.imageOf(index);
        int at = workspace.kernels.rowAt(index, width, head * (width / heads));
        attend(image, head, workspace.queries, at, workspace.batch.layout().tokens(index), worker);
        workspace.kernels.scaleColumns(s.sums, ALIGNMENT_OFFSET, width / heads, s.inverse, workspace.attended, at);
        if (capture.isPresent()) {
            int tokens = workspace.batch.tokens(image);
            int first = (index - workspace.batch.firstPanel(image)) * panel;
            boolean full = capture.get().isFull();
            int queries = full ? workspace.batch.layout().tokens(index) : first == 0 ? 1 : 0;
            for (int lane = 0; lane < queries; lane++) {
                int row = full ? head * tokens + first + lane : head;
                capture.get().put(image, row, tokens, s.scores, ALIGNMENT_OFFSET + lane, panel, s.inverse[lane]);
            }
        }
    }

    private void classToken(int image, int head, int worker) {
        Scratch s = scratch[worker];
        int panel = workspace.kernels.panel();
        int headWidth = width / heads;
        int at = workspace.kernels.rowAt(image / panel, width, head * headWidth) + image % panel;
        for (int i = 0; i < headWidth; i++) {
            s.query[ALIGNMENT_OFFSET + i * panel] = workspace.classTokens.queries[at + i * panel];
        }
        attend(image, head, s.query, ALIGNMENT_OFFSET, 1, worker);
        for (int i = 0; i < headWidth; i++) {
            workspace.classTokens.attended[at + i * panel] = s.sums[ALIGNMENT_OFFSET + i * panel] * s.inverse[0];
        }
        if (capture.isPresent()) {
            capture.get()
                    .put(image, head, workspace.batch.tokens(image), s.scores, ALIGNMENT_OFFSET, panel, s.inverse[0]);
        }
    }

    /**
     * Leaves exponentials in {@code scores}, the reciprocals of their sums in {@code inverse}, weighted sums in
     * {@code sums}.
     */
    private void attend(int image, int head, float[] queries, int at, int queryCount, int worker) {
        Scratch s = scratch[worker];
        Kernels kernels = workspace.kernels;
        int headWidth = width / heads;
        int tokens = workspace.batch.tokens(image);
        int firstToken = workspace.batch.firstPanel(image) * kernels.panel();

        float[] keys = workspace.keyTiles;
        int keys0 = firstToken * width + head * headWidth * TILE;
        s.product.run(tokens, headWidth, keys, keys0, width * TILE, queries, at, queryCount, s.scores);
        kernels.softmax(kernels.lanes(queryCount), s.scores, ALIGNMENT_OFFSET, tokens, s.inverse);

        int paddedTokens = workspace.batch.paddedTokens(image);
        float[] values = workspace.valueTiles;
        int values0 = firstToken * valueLanes + head * SelfAttention.paddedHeadWidth(headWidth) * paddedTokens;
        s.product.run(
                headWidth,
                tokens,
                values,
                values0,
                paddedTokens * TILE,
                s.scores,
                ALIGNMENT_OFFSET,
                queryCount,
                s.sums);
    }
}
