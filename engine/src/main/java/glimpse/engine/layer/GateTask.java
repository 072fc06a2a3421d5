package glimpse.engine.layer;

import glimpse.engine.gemm.PanelLayout;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.parallel.WorkerTeam;

/** The gate of a SwiGLU MLP: SiLU of the first half of a panel's rows times the second half; a unit is one panel. */
final class GateTask implements WorkerTeam.Task {
    private final Workspace workspace;
    private int rows;
    private float[] in = new float[0];
    private float[] out = new float[0];

    GateTask(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Runs the gate.
     *
     * @param input {@code [panels][2 x outputRows][P]}
     * @param output {@code [panels][outputRows][P]}
     */
    void run(int outputRows, float[] input, float[] output, PanelLayout layout) {
        rows = outputRows;
        in = input;
        out = output;
        workspace.team.run(layout.panels(), this);
    }

    @Override
    public void run(int unit, int worker) {
        Kernels kernels = workspace.kernels;
        int gate = kernels.rowAt(unit, 2 * rows, 0);
        int value = kernels.rowAt(unit, 2 * rows, rows);
        kernels.swiglu(in, gate, value, out, kernels.rowAt(unit, rows, 0), rows * kernels.panel());
    }
}
