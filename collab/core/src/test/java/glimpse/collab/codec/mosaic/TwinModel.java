package glimpse.collab.codec.mosaic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The arithmetic code and the model of codecs 2 to 100, written from MESSAGE.md alone. */
final class TwinModel {
    /** The sizes of the kinds of contexts in their order, then where each begins. */
    private static final int[] KINDS = {
        5 * 6 * 32,
        5 * 10 * 32,
        5 * 96,
        5 * 12 * 8,
        5 * 12 * 12,
        4 * 4 * 8,
        5 * 12 * 8,
        5 * 12 * 12,
        5 * 12 * 16,
        5 * 12 * 8,
        5 * 2 * 16,
        5 * 10 * 16,
        5 * 16,
        5 * 2,
        2 * 6,
        2 * 10,
        5 * 4 * 4,
        3 * 6,
        81,
        64,
        32
    };

    static final int LAST_NEAR = 0;
    static final int LAST_QUALITY = 1;
    static final int NONZERO_PLACE = 2;
    static final int NONZERO_AROUND = 3;
    static final int NONZERO_WIDE = 4;
    static final int NONZERO_OTHER = 5;
    static final int MORE_AROUND = 6;
    static final int MORE_WIDE = 7;
    static final int HIGHER_AROUND = 8;
    static final int HIGHER_WIDE = 9;
    static final int FIRST_PREDICTED = 10;
    static final int FIRST_QUALITY = 11;
    static final int FIRST_TOP = 12;
    static final int FIRST_SIGN = 13;
    static final int SPLIT_NEAR = 14;
    static final int SPLIT_QUALITY = 15;
    static final int MODE = 16;
    static final int OFFSET = 17;
    static final int POSITION_AROUND = 18;
    static final int POSITION_PLACE = 19;
    static final int POSITION_SHARE = 20;

    static final int SET_LAST = 0;
    static final int SET_NONZERO = 15;
    static final int SET_MORE = 30;
    static final int SET_HIGHER = 35;
    static final int SET_FIRST = 40;
    static final int SET_TOP = 45;
    static final int SET_SIGN = 46;
    static final int SET_SPLIT = 47;
    static final int SET_MODE = 48;
    static final int SET_OFFSET = 49;
    static final int SET_POSITION = 50;

    private static final int[] LOGISTIC = {
        22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768, 40793, 47911,
        53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438, 65476, 65500, 65514
    };

    private static final int[] COUNTS = {0, 1, 2, 3, 5, 8, 12, 16, 24, 32, 48, 64, 96, 128, 159};

    private final byte[] payload;
    private int next = 4;
    private long w;
    private long r = (1L << 32) - 1;
    private final int[] p = new int[Arrays.stream(KINDS).sum()];
    private final int[] n = new int[p.length];
    private final int[][] weights = new int[51][4];

    TwinModel(byte[] payload) throws IOException {
        this.payload = payload;
        for (int i = 0; i < 4; i++) {
            w = 256 * w + at(i);
        }
        String text;
        try (InputStream in = Objects.requireNonNull(TwinModel.class.getResourceAsStream("priors.txt"))) {
            text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
        List<String> words =
                text.lines().flatMap(line -> Stream.of(line.split(" ", -1))).toList();
        for (int i = 0; i < p.length; i++) {
            p[i] = probability(8
                    * Integer.parseInt(words.get(i).substring(0, words.get(i).length() - 1)));
            n[i] = COUNTS[words.get(i).charAt(words.get(i).length() - 1) - 'a'];
        }
        for (int i = 0; i < 4 * weights.length; i++) {
            weights[i / 4][i % 4] = 256 * Integer.parseInt(words.get(p.length + i));
        }
    }

    private int at(int index) {
        return index < payload.length ? payload[index] & 0xff : 0;
    }

    /** Returns the number of a context of a kind. */
    static int context(int kind, int index) {
        return Arrays.stream(KINDS, 0, kind).sum() + index;
    }

    int decision(int probability) {
        long t = r / 65536 * probability;
        int bit = w < t ? 1 : 0;
        if (bit == 1) {
            r = t;
        } else {
            w -= t;
            r -= t;
        }
        while (r < 1 << 24) {
            r *= 256;
            w = 256 * w + at(next++);
        }
        return bit;
    }

    int even(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++) {
            value = 2 * value + decision(32768);
        }
        return value;
    }

    boolean decide(int set, int... contexts) {
        int[] o = Arrays.stream(contexts).map(c -> odds(p[c])).toArray();
        int sum = 0;
        for (int i = 0; i < o.length; i++) {
            sum += Math.floorDiv(o[i] * weights[set][i], 16);
        }
        int probability = probability(Math.floorDiv(sum, 4096));
        int bit = decision(probability);
        int e = 65536 * bit - probability;
        for (int i = 0; i < o.length; i++) {
            int changed = weights[set][i] + Math.floorDiv(3 * o[i] * e, 1 << 20);
            weights[set][i] = Math.clamp(changed, -(1 << 20) + 1, (1 << 20) - 1);
            int c = contexts[i];
            p[c] += (int) Math.floorDiv((65535L * bit - p[c]) * (131072 / (2 * n[c] + 3)), 65536);
            n[c] = Math.min(n[c] + 1, 160);
        }
        return bit == 1;
    }

    private static int probability(int odds) {
        int y = Math.clamp(odds, -2047, 2047) + 2048;
        int a = LOGISTIC[y / 128];
        int b = LOGISTIC[y / 128 + 1];
        return a + Math.floorDiv((b - a) * (y % 128), 128);
    }

    private static int odds(int probability) {
        int odds = -2047;
        while (odds < 2047 && probability(odds) < 16 * (probability / 16) + 8) {
            odds++;
        }
        return odds;
    }
}
