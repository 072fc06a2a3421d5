package glimpse.collab.codec.mosaic;

import static glimpse.collab.codec.mosaic.TwinModel.context;

import org.jspecify.annotations.Nullable;

/** A block of codecs 2 to 100, written from MESSAGE.md alone. */
final class TwinBlock {
    private static final int[] LUMA = {
        128, 116, 104, 92, 80, 76, 72, 68, 64, 66, 68, 70, 72, 81, 90, 99, 160, 220, 280, 340, 400
    };
    private static final int[] CHROMA = {64, 64, 64, 64, 64, 64, 79, 94, 109, 124, 139, 154, 169, 184, 199};
    private static final int[] MANTISSAS = {64, 67, 70, 74, 77, 81, 84, 88, 93, 97, 102, 106, 111, 117, 122};
    private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 10, 15, 21, 31, 46};

    private final TwinModel model;
    private final int type;
    private final int kept;
    private final int[][] levels; // [v][u]
    final int side;
    String mode = "flat";
    int last = -1;

    TwinBlock(TwinModel model, int type, int side, int kept) {
        this.model = model;
        this.type = type;
        this.side = side;
        this.kept = kept;
        this.levels = new int[kept][kept];
    }

    void read(int sides, int near, int quality, @Nullable TwinBlock cb) {
        readMode(sides);
        int tens = quality / 10;
        while (last < 2 * kept - 2
                && model.decide(
                        TwinModel.SET_LAST + type * 3 + depth(last + 1),
                        context(TwinModel.LAST_NEAR, (type * 6 + near) * 32 + last + 1),
                        context(TwinModel.LAST_QUALITY, (type * 10 + tens) * 32 + last + 1))) {
            last++;
        }
        boolean any = false;
        for (int d = last; d >= 0; d--) {
            for (int u = 0; u <= d; u++) {
                int v = d - u;
                if (u >= kept || v >= kept) {
                    continue;
                }
                boolean lastOne = u == Math.min(d, kept - 1);
                if ((d == last && lastOne && !any) || nonzero(u, v, cb)) {
                    any = true;
                    levels[v][u] = d == 0 ? first(sides == 0 ? 0 : 1, tens) : level(u, v);
                }
            }
        }
    }

    private void readMode(int sides) {
        if (sides == 0 || !mode(sides, 0)) {
            mode = "flat";
        } else if (sides < 3) {
            mode = sides == 1 ? "across" : "down";
        } else if (mode(sides, 1)) {
            mode = "gradient";
        } else {
            mode = mode(sides, 2) ? "across" : "down";
        }
    }

    private boolean mode(int sides, int decision) {
        return model.decide(TwinModel.SET_MODE, context(TwinModel.MODE, (type * 4 + sides) * 4 + decision));
    }

    private static int depth(int diagonal) {
        return diagonal == 0 ? 0 : diagonal <= 4 ? 1 : 2;
    }

    private static int band(int diagonal) {
        return diagonal <= 3 ? diagonal : diagonal <= 5 ? 4 : diagonal <= 8 ? 5 : diagonal <= 13 ? 6 : 7;
    }

    private int l(int u, int v) {
        return u < 0 || v < 0 || u >= kept || v >= kept ? 0 : Math.abs(levels[v][u]);
    }

    private static int size(int sum) {
        int size = 0;
        while (size < SIZES.length && SIZES[size] <= sum) {
            size++;
        }
        return size;
    }

    private int around(int u, int v) {
        return size(2 * l(u + 1, v) + 2 * l(u, v + 1) + l(u + 1, v + 1) + l(u + 2, v) + l(u, v + 2));
    }

    private int wide(int u, int v) {
        return size(l(u + 1, v + 1)
                + l(u + 2, v)
                + l(u, v + 2)
                + l(u + 3, v)
                + l(u + 2, v + 1)
                + l(u + 1, v + 2)
                + l(u + 2, v + 2)
                + l(u, v + 3)
                + 2 * l(u - 1, v + 1)
                + l(u - 1, v + 2)
                + l(u - 2, v + 2));
    }

    private boolean nonzero(int u, int v, @Nullable TwinBlock cb) {
        int place = context(TwinModel.NONZERO_PLACE, type * 96 + (u < 8 && v < 8 ? 8 * v + u : 56 + u + v));
        int around = context(TwinModel.NONZERO_AROUND, (type * 12 + around(u, v)) * 8 + band(u + v));
        int wide = context(TwinModel.NONZERO_WIDE, (type * 12 + wide(u, v)) * 12 + around(u, v));
        int set = TwinModel.SET_NONZERO + type * 3 + depth(u + v);
        if (cb == null) {
            return model.decide(set, place, around, wide);
        }
        int same = Math.min(3, cb.l(u, v));
        int beside = Math.min(3, cb.l(u + 1, v) + cb.l(u, v + 1) + cb.l(u - 1, v) + cb.l(u, v - 1));
        return model.decide(
                set, place, around, wide, context(TwinModel.NONZERO_OTHER, (same * 4 + beside) * 8 + band(u + v)));
    }

    private int level(int u, int v) {
        int around = around(u, v);
        int wide = wide(u, v);
        int magnitude = 1;
        if (model.decide(
                TwinModel.SET_MORE + type,
                context(TwinModel.MORE_AROUND, (type * 12 + around) * 8 + band(u + v)),
                context(TwinModel.MORE_WIDE, (type * 12 + wide) * 12 + around))) {
            magnitude = 2;
            while (magnitude <= 14
                    && model.decide(
                            TwinModel.SET_HIGHER + type,
                            context(TwinModel.HIGHER_AROUND, (type * 12 + around) * 16 + magnitude),
                            context(TwinModel.HIGHER_WIDE, (type * 12 + wide) * 8 + Math.min(magnitude, 7)))) {
                magnitude++;
            }
            if (magnitude > 14) {
                int n = 0;
                while (n < 15 && model.even(1) == 1) {
                    n++;
                }
                magnitude = 14 + (1 << n) + model.even(n);
            }
        }
        return model.even(1) == 1 ? -magnitude : magnitude;
    }

    private int first(int predicted, int tens) {
        int n = 0;
        while (n < 15
                && model.decide(
                        TwinModel.SET_FIRST + type,
                        context(TwinModel.FIRST_PREDICTED, (type * 2 + predicted) * 16 + n),
                        context(TwinModel.FIRST_QUALITY, (type * 10 + tens) * 16 + n))) {
            n++;
        }
        int magnitude = 1;
        if (n > 0) {
            magnitude = model.decide(TwinModel.SET_TOP, context(TwinModel.FIRST_TOP, type * 16 + n)) ? 3 : 2;
            magnitude = (magnitude << (n - 1)) + model.even(n - 1);
        }
        return model.decide(TwinModel.SET_SIGN, context(TwinModel.FIRST_SIGN, type * 2 + predicted))
                ? -magnitude
                : magnitude;
    }

    /** Returns what the levels are restored to, {@code [y][x]}. */
    int[][] residual(int q) {
        int[][] c = new int[side][side];
        for (int v = 0; v < kept; v++) {
            for (int u = 0; u < kept; u++) {
                int n = 99 - q;
                int[] weights = type < 3 ? LUMA : CHROMA;
                int w = weights[Math.min(16 * (u + v) / side, weights.length - 1)];
                int step = Math.max(1, ((1 << (n / 15)) * MANTISSAS[n % 15] * w + 128) / 256);
                c[v][u] = Math.clamp((long) levels[v][u] * step, -32768, 32768);
            }
        }
        int[][] h = new int[side][side];
        int[][] r = new int[side][side];
        for (int i = 0; i < side * side; i++) {
            int sum = 4096;
            for (int v = 0; v < side; v++) {
                sum += c[v][i / side] * m(v, i % side);
            }
            h[i / side][i % side] = Math.clamp(Math.floorDiv(sum, 8192), -32768, 32768);
        }
        for (int i = 0; i < side * side; i++) {
            int sum = 32768;
            for (int u = 0; u < side; u++) {
                sum += h[u][i / side] * m(u, i % side);
            }
            r[i / side][i % side] = Math.floorDiv(sum, 65536);
        }
        return r;
    }

    private int m(int k, int i) {
        return k == 0
                ? (int) Math.floor(8192 / Math.sqrt(side) + 0.5)
                : (int) Math.floor(
                        8192 * Math.sqrt(2.0 / side) * Math.cos((2 * i + 1) * k * Math.PI / (2 * side)) + 0.5);
    }
}
