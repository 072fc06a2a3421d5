package glimpse.engine.layer;

import glimpse.engine.gemm.Gemm.Epilogue;
import glimpse.engine.gemm.PanelLayout;
import glimpse.engine.packed.WeightRows;

/** The two linear layers of a block with an activation between them. Immutable. */
public final class Mlp {
    /** The function between the two layers. */
    public enum Activation {
        /** The exact GELU. */
        GELU(Epilogue.GELU),
        /** The tanh approximation of GELU. */
        TANH_GELU(Epilogue.TANH_GELU),
        /** The sigmoid approximation of GELU. */
        QUICK_GELU(Epilogue.QUICK_GELU),
        /** SiLU of the first half times the second half. */
        SWIGLU(Epilogue.STORE);

        private final Epilogue epilogue;

        Activation(Epilogue epilogue) {
            this.epilogue = epilogue;
        }
    }

    private final Linear fc1;
    private final Linear fc2;
    private final Activation activation;

    /** Packs the layers, with the exact GELU between them. */
    public Mlp(WeightRows fc1Weight, float[] fc1Bias, WeightRows fc2Weight, float[] fc2Bias, int mlpWidth) {
        this(fc1Weight, fc1Bias, fc2Weight, fc2Bias, mlpWidth, Activation.GELU);
    }

    /**
     * Packs the layers.
     *
     * @param fc1Weight {@code [mlpWidth][width]}; {@code [2 x mlpWidth][width]} for a gate
     * @param fc1Bias {@code [mlpWidth]}; {@code [2 x mlpWidth]} for a gate
     * @param fc2Weight {@code [width][mlpWidth]}
     * @param fc2Bias {@code [width]}
     * @param mlpWidth columns of the second layer
     * @param activation the function between the layers
     * @throws java.io.UncheckedIOException if the weights can't be read
     */
    public Mlp(
            WeightRows fc1Weight,
            float[] fc1Bias,
            WeightRows fc2Weight,
            float[] fc2Bias,
            int mlpWidth,
            Activation activation) {
        this.activation = activation;
        int width = fc2Bias.length;
        fc1 = Linear.pack(fc1Weight, fc1Bias, 0, fc1Bias.length, width);
        fc2 = Linear.pack(fc2Weight, fc2Bias, 0, width, mlpWidth);
    }

    /** Adds the MLP of all tokens' {@code normal} to the residual stream. */
    void addTo(Workspace w) {
        add(w, w.normal, w.hidden, w.gated, w.x, w.batch.layout());
    }

    /** Adds the MLP of the class tokens' {@code normal} to their own residual stream {@code x}. */
    void addToClassTokens(Workspace w, float[] x) {
        Workspace.ClassTokens c = w.classTokens;
        add(w, c.normal, c.hidden, c.gated, x, w.batch.classLayout());
    }

    private void add(Workspace w, float[] normal, float[] hidden, float[] gated, float[] x, PanelLayout layout) {
        w.gemm.run(fc1.weights(), fc1.bias(), normal, hidden, layout, activation.epilogue);
        float[] activated = hidden;
        if (activation == Activation.SWIGLU) {
            w.gate.run(fc2.weights().columns(), hidden, gated, layout);
            activated = gated;
        }
        w.gemm.run(fc2.weights(), fc2.bias(), activated, x, layout, Epilogue.ADD);
    }
}
