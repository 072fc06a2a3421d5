package glimpse.engine.layer;

import java.util.Arrays;

/** The captured attention of one layer for a batch: per image {@code [heads][rows][tokens]}. Belongs to one session. */
public final class AttentionBuffer {
    private float[] weights = new float[0];
    private int[] begin = new int[1]; // [images]
    private boolean full;

    /** Makes room for a batch: the readout row of each head, or all rows. */
    public void prepare(TokenBatch batch, int heads, boolean fullMaps) {
        full = fullMaps;
        if (begin.length < batch.images()) {
            begin = Arrays.copyOf(begin, 2 * batch.images());
        }
        long end = 0;
        for (int image = 0; image < batch.images(); image++) {
            begin[image] = (int) end;
            long tokens = batch.tokens(image);
            end = ArrayLimit.check(end + heads * tokens * (fullMaps ? tokens : 1), "attention maps");
        }
        int size = (int) end;
        if (weights.length < size) {
            weights = new float[size];
        }
    }

    /** Returns whether all rows are captured, or only the readout row. */
    public boolean isFull() {
        return full;
    }

    /** Returns a copy of an image's weights, {@code [heads][rows][tokens]}. */
    public float[] copy(int image, int heads, int rows, int tokens) {
        return Arrays.copyOfRange(weights, begin[image], begin[image] + heads * rows * tokens);
    }

    /** Stores the row of a query: {@code scores[key * stride] * factor} for each key. */
    void put(int image, int row, int keys, float[] scores, int from, int stride, float factor) {
        int to = begin[image] + row * keys;
        for (int key = 0; key < keys; key++) {
            weights[to + key] = scores[from + key * stride] * factor;
        }
    }
}
