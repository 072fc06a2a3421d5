package glimpse.engine.layer;

import static glimpse.engine.kernel.Kernels.TILE;

import glimpse.engine.kernel.PanelLayout;
import glimpse.engine.parallel.WorkerTeam;

/** LayerNorm of panels, a panel a unit; where asked, cut into tiles of tokens as well. */
final class NormTask implements WorkerTeam.Task {
    private final Workspace workspace;
    private LayerNorm layer = new LayerNorm(new float[0], new float[0], 1f);
    private float[] in = new float[0];
    private float[] out = new float[0];
    private boolean tiles;

    NormTask(Workspace workspace) {
        this.workspace = workspace;
    }

    void run(LayerNorm norm, float[] input, float[] output, PanelLayout layout, boolean alsoTiles) {
        layer = norm;
        in = input;
        out = output;
        tiles = alsoTiles;
        workspace.team.run(layout.panels(), this);
    }

    @Override
    public void run(int unit, int worker) {
        int panel = workspace.kernels.panel();
        int length = layer.length();
        int at = workspace.kernels.rowAt(unit, length, 0);
        workspace.kernels.layerNorm(in, at, length, layer.gamma(), layer.beta(), layer.epsilon(), out, at);
        if (tiles) {
            // a panel's tiles take as much room as the panel
            workspace.kernels.splitPanel(out, at, length, workspace.normalTiles, unit * length * panel, length * TILE);
        }
    }
}
