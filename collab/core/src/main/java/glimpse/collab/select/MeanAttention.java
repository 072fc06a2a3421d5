package glimpse.collab.select;

import glimpse.engine.AttentionMap;

/** Averages attention over the heads. */
final class MeanAttention {
    private MeanAttention() {}

    /** Returns the mean of the readout row, {@code [tokens]}. */
    static float[] readoutRow(AttentionMap map) {
        float[] mean = new float[map.columns()];
        for (int column = 0; column < mean.length; column++) {
            float sum = 0;
            for (int head = 0; head < map.heads(); head++) {
                sum += map.weight(head, 0, column);
            }
            mean[column] = sum / map.heads();
        }
        return mean;
    }

    /** Returns the mean of the whole matrix, {@code [tokens][tokens]}. */
    static float[] matrix(AttentionMap map) {
        float[] weights = map.weights(); // [heads][tokens][tokens]
        float[] mean = new float[map.rows() * map.columns()];
        for (int head = 0; head < map.heads(); head++) {
            int offset = head * mean.length;
            for (int i = 0; i < mean.length; i++) {
                mean[i] += weights[offset + i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= map.heads();
        }
        return mean;
    }
}
