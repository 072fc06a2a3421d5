package glimpse.collab.codec;

import java.util.Optional;

/**
 * Predicts a sample from its neighbours to the left, above, and above to the left: the filters of PNG (W3C PNG, section
 * 9) and the median edge detector of LOCO-I (ITU-T T.87).
 */
enum Predictor {
    NONE(0) {
        @Override
        int predict(int left, int up, int upLeft) {
            return 0;
        }
    },
    LEFT(1) {
        @Override
        int predict(int left, int up, int upLeft) {
            return left;
        }
    },
    UP(2) {
        @Override
        int predict(int left, int up, int upLeft) {
            return up;
        }
    },
    AVERAGE(3) {
        @Override
        int predict(int left, int up, int upLeft) {
            return (left + up) >> 1;
        }
    },
    PAETH(4) {
        @Override
        int predict(int left, int up, int upLeft) {
            int toLeft = Math.abs(up - upLeft);
            int toUp = Math.abs(left - upLeft);
            int toUpLeft = Math.abs(left + up - 2 * upLeft);
            if (toLeft <= toUp && toLeft <= toUpLeft) {
                return left;
            }
            return toUp <= toUpLeft ? up : upLeft;
        }
    },
    MEDIAN_EDGE(5) {
        @Override
        int predict(int left, int up, int upLeft) {
            int plane = left + up - upLeft;
            return Math.max(Math.min(left, up), Math.min(Math.max(left, up), plane));
        }
    };

    private static final Predictor[] BY_CODE = values();

    private final int code;

    Predictor(int code) {
        this.code = code;
    }

    /** Returns the predictor's code in a message. */
    int code() {
        return code;
    }

    /** Returns the predictor of a code, if there is one. */
    static Optional<Predictor> of(int code) {
        return Optional.ofNullable(code < BY_CODE.length ? BY_CODE[code] : null);
    }

    /** Predicts a sample, 0..255, from neighbours of the same range. */
    abstract int predict(int left, int up, int upLeft);
}
