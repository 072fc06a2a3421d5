package glimpse.engine.layer;

import glimpse.engine.parallel.WorkerTeam;

/** Lays out a panel of patches, and of the residual line before the embedding's product is added; a panel a unit. */
final class EmbeddingTask implements WorkerTeam.Task {
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
        int panel = workspace.kernels.panel();
        int image = workspace.batch.imageOf(unit);
        int first = (unit - workspace.batch.firstPanel(image)) * panel;
        int tokens = workspace.batch.layout().tokens(unit);
        float[] values = workspace.batch.patches(image);
        int[] positions = workspace.batch.positions(image);
        for (int lane = 0; lane < panel; lane++) {
            int patch = first + lane - prefixTokens;
            int toPatch = unit * patchLength * panel + lane;
            int toToken = unit * width * panel + lane;
            if (lane >= tokens) {
                // lanes without a token: never read, but zero, so that no denormal slows their neighbours
                fillColumn(workspace.patches, toPatch, patchLength, panel);
                fillColumn(workspace.x, toToken, width, panel);
            } else if (patch < 0) {
                fillColumn(workspace.patches, toPatch, patchLength, panel);
                copyColumn(prefix, (first + lane) * width, workspace.x, toToken, width, panel);
            } else {
                copyColumn(values, patch * patchLength, workspace.patches, toPatch, patchLength, panel);
                copyColumn(table, positions[patch] * width, workspace.x, toToken, width, panel);
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
