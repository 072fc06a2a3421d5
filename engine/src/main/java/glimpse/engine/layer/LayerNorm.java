package glimpse.engine.layer;

/** LayerNorm over a token's features: {@code (x - mean) / sqrt(variance + epsilon) * gamma + beta}. Immutable. */
public final class LayerNorm {
    private final float[] gamma; // [length]
    private final float[] beta; // [length]
    private final float epsilon;

    /** Creates a LayerNorm that shares the arrays, which must not change. */
    public LayerNorm(float[] gamma, float[] beta, float epsilon) {
        this.gamma = gamma;
        this.beta = beta;
        this.epsilon = epsilon;
    }

    int length() {
        return gamma.length;
    }

    float[] gamma() {
        return gamma;
    }

    float[] beta() {
        return beta;
    }

    float epsilon() {
        return epsilon;
    }
}
