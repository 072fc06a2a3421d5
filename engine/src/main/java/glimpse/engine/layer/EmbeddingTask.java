package glimpse.engine.layer;

import glimpse.engine.parallel.WorkerTeam;

/** Fills the panels of patches and the residual stream before the embedding's product is added; a unit is one panel. */
final class EmbeddingTask implements WorkerTeam.Task {
    // Features that are written for all lanes before the next ones, so that their rows stay in the cache.
    private static final int FEATURES = 192;

    private final Workspace workspace;
    private int prefixTokens;
    private int width;
    private int patchLength;
    private float[] prefix = new float[0];
    private float[] table = new float[0];

    EmbeddingTask(Workspace workspace) {
        this.workspace = workspace;
    }

    void run(PatchEmbedding layer) {
        prefixTokens = layer.prefixTokens();
        width = layer.width();
        patchLength = layer.patchLength();
        prefix = layer.prefix();
        table = layer.table();
        workspace.team.run(workspace.batch.layout().panels(), this);
    }

    @Override
    public void run(int unit, int worker) {
        for (int begin = 0; begin < patchLength; begin += FEATURES) {
            layPatches(unit, begin, Math.min(FEATURES, patchLength - begin));
        }
        for (int begin = 0; begin < width; begin += FEATURES) {
            layTokens(unit, begin, Math.min(FEATURES, width - begin));
        }
    }

    private void layPatches(int unit, int begin, int count) {
        int panel = workspace.kernels.panel();
        int image = workspace.batch.imageOf(unit);
        int firstPatch = (unit - workspace.batch.firstPanel(image)) * panel - prefixTokens;
        int tokens = workspace.batch.layout().tokens(unit);
        PatchValues values = workspace.batch.patches(image);
        for (int lane = 0; lane < panel; lane++) {
            int patch = firstPatch + lane;
            int to = workspace.kernels.rowAt(unit, patchLength, begin) + lane;
            if (lane < tokens && patch >= 0) {
                switch (values) {
                    case PatchValues.Normalised normalised ->
                        copyColumn(
                                normalised.values(), patch * patchLength + begin, workspace.patches, to, count, panel);
                    case PatchValues.Pixels pixels ->
                        pixels.copyColumn(patch, patchLength, begin, count, workspace.patches, to, panel);
                }
            } else {
                fillColumn(workspace.patches, to, count, panel);
            }
        }
    }

    private void layTokens(int unit, int begin, int count) {
        int panel = workspace.kernels.panel();
        int image = workspace.batch.imageOf(unit);
        int first = (unit - workspace.batch.firstPanel(image)) * panel;
        int tokens = workspace.batch.layout().tokens(unit);
        int[] positions = workspace.batch.positions(image);
        for (int lane = 0; lane < panel; lane++) {
            int token = first + lane;
            int to = workspace.kernels.rowAt(unit, width, begin) + lane;
            if (lane >= tokens) {
                // lanes without a token are never read, but zero keeps denormals from slowing their neighbours
                fillColumn(workspace.x, to, count, panel);
            } else if (token < prefixTokens) {
                copyColumn(prefix, token * width + begin, workspace.x, to, count, panel);
            } else {
                int position = positions[token - prefixTokens];
                copyColumn(table, position * width + begin, workspace.x, to, count, panel);
            }
        }
    }

    private static void copyColumn(float[] from, int begin, float[] to, int at, int count, int stride) {
        for (int i = 0; i < count; i++) {
            to[at + i * stride] = from[begin + i];
        }
    }

    private static void fillColumn(float[] to, int at, int count, int stride) {
        for (int i = 0; i < count; i++) {
            to[at + i * stride] = 0f;
        }
    }
}
