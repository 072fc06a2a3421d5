package glimpse.collab.select;

import glimpse.engine.AttentionMap;

/** The last step of every score: the patch columns of a row over all tokens, divided by their sum. */
final class PatchColumns {
    private PatchColumns() {}

    /** {@code [patches]} of a row {@code [tokens]}, given a map of the same tokens. */
    static float[] normalised(float[] row, AttentionMap shape) {
        float[] scores = new float[shape.patches()];
        double sum = 0; // PyTorch sums in pairs, which is nearer to this than to a float running sum
        for (int i = 0; i < scores.length; i++) {
            scores[i] = row[shape.prefixTokens() + i];
            sum += scores[i];
        }
        float divisor = (float) sum;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = divisor == 0 ? 0 : scores[i] / divisor;
        }
        return scores;
    }
}
