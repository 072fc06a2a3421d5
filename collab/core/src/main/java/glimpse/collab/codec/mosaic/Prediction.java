package glimpse.collab.codec.mosaic;

import java.util.Arrays;

/** Predicts a block's samples from those beside it. Not safe for use by several threads. */
final class Prediction {
    /** Samples to the left are known. */
    static final int LEFT = 1;

    /** Samples above are known. */
    static final int ABOVE = 2;

    private static final int MIDDLE = 128;

    /** How samples are predicted. */
    enum Mode {
        /** All by one value. */
        FLAT(0),
        /** Each by the one above the block in its column. */
        DOWN(ABOVE),
        /** Each by the one to the left of the block in its row. */
        ACROSS(LEFT),
        /** Each by the sum of both, less the one at the corner. */
        GRADIENT(LEFT | ABOVE);

        private static final Mode[] ALL = values();

        private final int needs;

        Mode(int needs) {
            this.needs = needs;
        }

        static Mode[] all() {
            return ALL;
        }

        boolean isPossible(int sides) {
            return (sides & needs) == needs;
        }
    }

    final int[] left = new int[16];
    final int[] top = new int[16];
    private final Mosaic mosaic;
    private int sides;
    private int corner;
    private int flat;

    Prediction(Mosaic mosaic) {
        this.mosaic = mosaic;
    }

    /** Reads the samples beside a block. */
    void read(int patch, Block block) {
        byte[] samples = mosaic.samples(block.type.channel());
        int n = block.side;
        sides = mosaic.sides(patch, block.x, block.y);
        int sum = 0;
        if ((sides & LEFT) != 0) {
            int from = mosaic.index(patch, block.x - 1, block.y);
            for (int i = 0; i < n; i++) {
                left[i] = samples[from + i * mosaic.side()] & 0xff;
                sum += left[i];
            }
        }
        if ((sides & ABOVE) != 0) {
            int from = mosaic.index(patch, block.x, block.y - 1);
            for (int i = 0; i < n; i++) {
                top[i] = samples[from + i] & 0xff;
                sum += top[i];
            }
        }
        if (sides == (LEFT | ABOVE)) {
            flat = (sum + n) / (2 * n);
            int at = mosaic.index(patch, block.x - 1, block.y - 1);
            corner = at < 0 ? (left[0] + top[0] + 1) / 2 : samples[at] & 0xff;
        } else if (sides != 0) {
            flat = (sum + n / 2) / n;
        } else {
            flat = mosaic.meanOfNearest(block.type.channel(), patch, MIDDLE);
        }
    }

    int sides() {
        return sides;
    }

    int corner() {
        return corner;
    }

    int flat() {
        return flat;
    }

    /**
     * Predicts the block whose sides were read.
     *
     * @param n pixels along its side
     * @param to receives {@code [n][n]}, not limited to 0..255
     */
    void predict(Mode mode, int n, int[] to) {
        for (int y = 0; y < n; y++) {
            int row = y * n;
            switch (mode) {
                case FLAT -> Arrays.fill(to, row, row + n, flat);
                case DOWN -> System.arraycopy(top, 0, to, row, n);
                case ACROSS -> Arrays.fill(to, row, row + n, left[y]);
                case GRADIENT -> {
                    for (int x = 0; x < n; x++) {
                        to[row + x] = top[x] + left[y] - corner;
                    }
                }
            }
        }
    }
}
