package glimpse.collab.select;

import glimpse.engine.AttentionMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Attention rollout (arXiv 2005.00928): the class token's row of the product of A + I over the layers, last layer
 * leftmost. Only that row is needed, so a row vector is multiplied by one layer after the other, from the last to the
 * first, and no matrix product is computed.
 */
final class Rollout {
    private Rollout() {}

    /** Computes one product per head without row normalisation, then the mean over the heads. */
    static float[] perHead(List<AttentionMap> maps) {
        AttentionMap last = requireFullMaps(maps);
        int tokens = last.columns();
        float[][] rows = new float[last.heads()][];
        for (int head = 0; head < rows.length; head++) {
            rows[head] = classTokenRow(tokens);
        }
        for (AttentionMap map : maps.reversed()) {
            float[] weights = map.weights(); // [heads][tokens][tokens]
            for (int head = 0; head < rows.length; head++) {
                rows[head] = timesOnePlus(rows[head], weights, head * tokens * tokens);
            }
        }
        float[] mean = new float[tokens];
        for (int token = 0; token < tokens; token++) {
            float sum = 0;
            for (float[] row : rows) {
                sum += row[token];
            }
            mean[token] = sum / rows.length;
        }
        return PatchColumns.normalised(mean, last);
    }

    /**
     * Computes the mean over the heads, normalises the rows of A + I, then takes the product over the chosen layers.
     */
    static float[] headsFirst(List<AttentionMap> maps, SortedSet<Integer> layers) {
        List<AttentionMap> chosen = layers.isEmpty() ? maps : chosen(maps, layers);
        AttentionMap last = requireFullMaps(chosen);
        int tokens = last.columns();
        float[] row = classTokenRow(tokens);
        for (AttentionMap map : chosen.reversed()) {
            float[] mean = MeanAttention.matrix(map);
            // dividing element i of the row vector by the sum of row i of A + I normalises that row of A + I
            for (int i = 0; i < tokens; i++) {
                row[i] /= sumOfOnePlus(mean, i * tokens, tokens);
            }
            row = timesOnePlus(row, mean, 0);
        }
        return PatchColumns.normalised(row, last);
    }

    private static List<AttentionMap> chosen(List<AttentionMap> maps, SortedSet<Integer> layers) {
        List<AttentionMap> chosen = new ArrayList<>();
        for (AttentionMap map : maps) {
            if (layers.contains(map.layer())) {
                chosen.add(map);
            }
        }
        if (chosen.size() != layers.size()) {
            throw new IllegalArgumentException(
                    "rollout needs the attention of layers " + layers + " (from 0), captured: "
                            + maps.stream().map(AttentionMap::layer).toList());
        }
        return chosen;
    }

    private static AttentionMap requireFullMaps(List<AttentionMap> maps) {
        if (maps.isEmpty()) {
            throw new IllegalArgumentException("no attention was captured, rollout needs full maps");
        }
        for (AttentionMap map : maps) {
            if (map.rows() != map.columns()) {
                throw new IllegalArgumentException("layer " + map.layer() + " was captured as " + map.rows() + " x "
                        + map.columns() + ", rollout needs full maps");
            }
        }
        return maps.getLast();
    }

    private static float[] classTokenRow(int tokens) {
        float[] row = new float[tokens];
        row[0] = 1;
        return row;
    }

    private static float sumOfOnePlus(float[] matrix, int offset, int tokens) {
        double sum = 1;
        for (int i = 0; i < tokens; i++) {
            sum += matrix[offset + i];
        }
        return (float) sum;
    }

    /** Computes row (A + I) for the square matrix A at the offset. */
    private static float[] timesOnePlus(float[] row, float[] matrix, int offset) {
        int tokens = row.length;
        float[] product = row.clone();
        for (int i = 0; i < tokens; i++) {
            float factor = row[i];
            int start = offset + i * tokens;
            for (int j = 0; j < tokens; j++) {
                product[j] += factor * matrix[start + j];
            }
        }
        return product;
    }
}
