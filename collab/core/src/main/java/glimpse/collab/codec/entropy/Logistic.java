package glimpse.collab.codec.entropy;

/**
 * Probabilities and their log odds as integers. A probability is in units of 1/65536, log odds are in units of 1/256.
 */
final class Logistic {
    /** The largest log odds; the smallest are its negative. */
    static final int MAX_ODDS = 2047;

    private static final int ANCHOR_SHIFT = 7;

    /** 65536 / (1 + exp(-x)), rounded, for x = -8, -7.5 .. 8. */
    private static final int[] ANCHORS = {
        22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768, 40793, 47911,
        53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438, 65476, 65500, 65514
    };

    private static final int[] PROBABILITIES = probabilities(); // [2 * 2048], of odds from -2048 on
    private static final short[] ODDS = odds(); // [4096], of probabilities in steps of 16

    private Logistic() {}

    private static int[] probabilities() {
        int[] table = new int[2 * (MAX_ODDS + 1)];
        for (int i = 0; i < table.length; i++) {
            int anchor = i >> ANCHOR_SHIFT;
            int step = i & ((1 << ANCHOR_SHIFT) - 1);
            table[i] = ANCHORS[anchor] + (((ANCHORS[anchor + 1] - ANCHORS[anchor]) * step) >> ANCHOR_SHIFT);
        }
        return table;
    }

    private static short[] odds() {
        short[] table = new short[1 << 12];
        int odds = -MAX_ODDS;
        for (int i = 0; i < table.length; i++) {
            while (odds < MAX_ODDS && probability(odds) < i * 16 + 8) {
                odds++;
            }
            table[i] = (short) odds;
        }
        return table;
    }

    /** Returns the probability of log odds, which are limited to {@link #MAX_ODDS} either way: 22..65513. */
    static int probability(int odds) {
        return PROBABILITIES[Math.clamp(odds, -MAX_ODDS, MAX_ODDS) + MAX_ODDS + 1];
    }

    /** Returns the log odds of a probability, 0..65535. */
    static int odds(int probability) {
        return ODDS[probability >> 4];
    }
}
