package glimpse.collab.select;

import glimpse.engine.AttentionMap;

/** The last step of every score: takes the patch columns of a row over all tokens and divides them by their sum. */
final class PatchColumns {
    private PatchColumns() {}

    /**
     * Computes the scores of a row.
     *
     * @param row {@code [tokens]}
     * @param shape a map of the same tokens
     * @return {@code [patches]}; all 0 if the row has no weight on patches
     */
    static float[] normalised(float[] row, AttentionMap shape) {
        float[] scores = new float[shape.patches()];
        double sum = 0; // PyTorch's pairwise float sum is closer to this than to a running float sum
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
