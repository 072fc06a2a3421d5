package glimpse.collab.select;

import glimpse.engine.AttentionMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded random attention as a model's: every row sums to 1. */
final class Attention {
    private Attention() {}

    static List<AttentionMap> random(long seed, int layers, int heads, int tokens) {
        Random random = new Random(seed);
        List<AttentionMap> maps = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            float[] weights = new float[heads * tokens * tokens];
            for (int row = 0; row < heads * tokens; row++) {
                double sum = 0;
                double[] values = new double[tokens];
                for (int i = 0; i < tokens; i++) {
                    values[i] = Math.exp(3 * random.nextGaussian());
                    sum += values[i];
                }
                for (int i = 0; i < tokens; i++) {
                    weights[row * tokens + i] = (float) (values[i] / sum);
                }
            }
            maps.add(new AttentionMap(layer, heads, tokens, tokens, 1, weights));
        }
        return maps;
    }

    /** The readout row of a full map, as a map of its own. */
    static AttentionMap readoutRow(AttentionMap map) {
        float[] weights = new float[map.heads() * map.columns()];
        for (int head = 0; head < map.heads(); head++) {
            for (int column = 0; column < map.columns(); column++) {
                weights[head * map.columns() + column] = map.weight(head, 0, column);
            }
        }
        return new AttentionMap(map.layer(), map.heads(), 1, map.columns(), map.prefixTokens(), weights);
    }
}
