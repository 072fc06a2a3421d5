package glimpse.collab.select;

import glimpse.engine.AttentionMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Attention rollout: the class token's row of the product of A + I over the layers, last layer leftmost. Only that row
 * is wanted, so a row walks through the layers from the last to the first and no matrix product is ever made.
 */
final class Rollout {
    private Rollout() {}

    /** A product for each head without row normalisation, then the mean over the heads. */
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

    /** The mean over the heads first, rows of A + I normalised, then the product over the chosen layers. */
    static float[] headsFirst(List<AttentionMap> maps, SortedSet<Integer> layers) {
        List<AttentionMap> chosen = layers.isEmpty() ? maps : chosen(maps, layers);
        AttentionMap last = requireFullMaps(chosen);
        int tokens = last.columns();
        float[] row = classTokenRow(tokens);
        for (AttentionMap map : chosen.reversed()) {
            float[] mean = MeanAttention.matrix(map);
            // dividing the row's element i by the sum of row i of A + I is the same as normalising that row
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
            throw new IllegalArgumentException("attention of layers " + layers + " (from 0) is needed, captured were "
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

    /** row (A + I), A being the square matrix at the offset. */
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
