package glimpse.engine.layer;

import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.gemm.PanelLayout;
import glimpse.engine.parallel.WorkerTeam;

/** LayerNorm of panels, optionally split into tiles of tokens as well; a unit is one panel. */
final class NormTask implements WorkerTeam.Task {
    private final Workspace workspace;
    private LayerNorm layer = new LayerNorm(new float[0], new float[0], 1f);
    private float[] in = new float[0];
    private float[] out = new float[0];
    private PanelLayout layout;
    private boolean tiles;

    NormTask(Workspace workspace) {
        this.workspace = workspace;
        layout = workspace.batch.layout();
    }

    void run(LayerNorm norm, float[] input, float[] output, PanelLayout panels, boolean alsoTiles) {
        layer = norm;
        in = input;
        out = output;
        layout = panels;
        tiles = alsoTiles;
        workspace.team.run(panels.panels(), this);
    }

    @Override
    public void run(int unit, int worker) {
        int panel = workspace.kernels.panel();
        int length = layer.length();
        int at = workspace.kernels.rowAt(unit, length, 0);
        int lanes = workspace.kernels.lanes(layout.tokens(unit));
        workspace.kernels.layerNorm(lanes, in, at, length, layer.gamma(), layer.beta(), layer.epsilon(), out, at);
        if (tiles) {
            // the tiles of a panel take as much room as the panel
            workspace.kernels.splitPanel(out, at, length, workspace.normalTiles, unit * length * panel, length * TILE);
        }
    }
}
