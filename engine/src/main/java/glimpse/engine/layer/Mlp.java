package glimpse.engine.layer;

import glimpse.engine.kernel.Gemm;
import glimpse.engine.kernel.PanelLayout;

/** The two linear layers of a block with an activation between them. Immutable. */
public final class Mlp {
    private final Linear fc1;
    private final Linear fc2;
    private final Gemm.Epilogue activation;

    /** With the exact GELU. */
    public Mlp(float[] fc1Weight, float[] fc1Bias, float[] fc2Weight, float[] fc2Bias) {
        this(fc1Weight, fc1Bias, fc2Weight, fc2Bias, Gemm.Epilogue.GELU);
    }

    /**
     * Packs the layers.
     *
     * @param fc1Weight {@code [mlpWidth][width]}
     * @param fc1Bias {@code [mlpWidth]}
     * @param fc2Weight {@code [width][mlpWidth]}
     * @param fc2Bias {@code [width]}
     * @param activation what becomes of the first layer's results
     */
    public Mlp(float[] fc1Weight, float[] fc1Bias, float[] fc2Weight, float[] fc2Bias, Gemm.Epilogue activation) {
        this.activation = activation;
        int mlpWidth = fc1Bias.length;
        int width = fc2Bias.length;
        fc1 = Linear.pack(fc1Weight, fc1Bias, 0, mlpWidth, width);
        fc2 = Linear.pack(fc2Weight, fc2Bias, 0, width, mlpWidth);
    }

    /** Adds the MLP of {@code normal} to {@code x}. */
    void addTo(Workspace workspace, float[] x, float[] normal, float[] hidden, PanelLayout layout) {
        workspace.gemm.run(fc1.weights(), fc1.bias(), normal, hidden, layout, activation);
        workspace.gemm.run(fc2.weights(), fc2.bias(), hidden, x, layout, Gemm.Epilogue.ADD);
    }
}
