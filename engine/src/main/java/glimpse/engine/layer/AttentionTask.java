package glimpse.engine.layer;

import static glimpse.engine.kernel.Kernels.FIRST;
import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.kernel.Kernels;
import glimpse.engine.parallel.WorkerTeam;
import java.util.Arrays;
import java.util.Optional;

/**
 * The attention of one head for one panel of queries is a unit. The scores are computed transposed, {@code [key][P
 * queries]}: softmax then runs down the keys with queries as lanes, and the result is the panel that the values' tiles
 * are multiplied with.
 */
final class AttentionTask implements WorkerTeam.Task {
    private final Workspace workspace;
    private final Scratch[] scratch; // [workers]
    private final int[] kept; // [workers]: of what was read ahead
    private int heads;
    private int width;
    private boolean classTokens;
    private Optional<AttentionBuffer> capture = Optional.empty();
    private int valueLanes;

    /** What a worker writes on the way. */
    private static final class Scratch {
        float[] query = new float[0]; // [headWidth][P]: a class token's query in lane 0
        float[] scores = new float[0]; // [tokens, padded to 8][P]
        float[] sums = new float[0]; // [headWidth, padded to 8][P]
        float[] inverse = new float[0]; // [P]
    }

    AttentionTask(Workspace workspace) {
        this.workspace = workspace;
        scratch = new Scratch[workspace.team.threads()];
        Arrays.setAll(scratch, i -> new Scratch());
        kept = new int[scratch.length];
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
        workspace.kernels.scaleColumns(s.sums, FIRST, width / heads, s.inverse, workspace.attended, at);
        if (capture.isPresent()) {
            int tokens = workspace.batch.tokens(image);
            int first = (index - workspace.batch.firstPanel(image)) * panel;
            boolean full = capture.get().isFull();
            int queries = full ? workspace.batch.layout().tokens(index) : first == 0 ? 1 : 0;
            for (int lane = 0; lane < queries; lane++) {
                int row = full ? head * tokens + first + lane : head;
                capture.get().put(image, row, tokens, s.scores, FIRST + lane, panel, s.inverse[lane]);
            }
        }
    }

    private void classToken(int image, int head, int worker) {
        Scratch s = scratch[worker];
        int panel = workspace.kernels.panel();
        int headWidth = width / heads;
        int at = workspace.kernels.rowAt(image / panel, width, head * headWidth) + image % panel;
        for (int i = 0; i < headWidth; i++) {
            s.query[FIRST + i * panel] = workspace.classTokens.queries[at + i * panel];
        }
        attend(image, head, s.query, FIRST, 1, worker);
        for (int i = 0; i < headWidth; i++) {
            workspace.classTokens.attended[at + i * panel] = s.sums[FIRST + i * panel] * s.inverse[0];
        }
        if (capture.isPresent()) {
            capture.get().put(image, head, workspace.batch.tokens(image), s.scores, FIRST, panel, s.inverse[0]);
        }
    }

    /** Leaves the exponentials in {@code scores}, one over their sums in {@code inverse}, the weighted sums in {@code sums}. */
    private void attend(int image, int head, float[] queries, int at, int queryCount, int worker) {
        Scratch s = scratch[worker];
        Kernels kernels = workspace.kernels;
        int panel = kernels.panel();
        int headWidth = width / heads;
        int tokens = workspace.batch.tokens(image);
        int firstToken = workspace.batch.firstPanel(image) * panel;
        int lanes = kernels.lanes(queryCount);

        float[] keys = workspace.keyTiles;
        Arrays.fill(s.scores, 0, kernels.panelFloats(1, Math.ceilDiv(tokens, TILE) * TILE), 0f);
        for (int key = 0; key < tokens; key += TILE) {
            int tile = (firstToken + key) * width + head * headWidth * TILE;
            kept[worker] += kernels.multiply(
                    lanes, headWidth, keys, tile, queries, at, s.scores, FIRST + key * panel, keys, tile);
        }
        kernels.softmax(lanes, s.scores, FIRST, tokens, s.inverse);

        int paddedHeadWidth = SelfAttention.paddedHeadWidth(headWidth);
        int paddedTokens = workspace.batch.paddedTokens(image);
        float[] values = workspace.valueTiles;
        int values0 = firstToken * valueLanes + head * paddedHeadWidth * paddedTokens;
        Arrays.fill(s.sums, 0, kernels.panelFloats(1, paddedHeadWidth), 0f);
        for (int row = 0; row < paddedHeadWidth; row += TILE) {
            int tile = values0 + row * paddedTokens;
            kept[worker] += kernels.multiply(
                    lanes, tokens, values, tile, s.scores, FIRST, s.sums, FIRST + row * panel, values, tile);
        }
    }
}
