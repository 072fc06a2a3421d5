package glimpse.engine.layer;

/** LayerNorm over a token's features: (x - mean) / sqrt(variance + epsilon) * gamma + beta. Immutable. */
public final class LayerNorm {
    private final float[] gamma; // [length]
    private final float[] beta; // [length]
    private final float epsilon;

    /** Takes the arrays as they are; nobody may change them. */
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
