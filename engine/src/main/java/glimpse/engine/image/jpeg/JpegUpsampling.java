package glimpse.engine.image.jpeg;

/**
 * Upsamples a component's rows to the image's size by libjpeg-turbo's rules: along a halved direction, samples are
 * weighted 3:1 with the nearer neighbour, with alternating rounding; otherwise they are repeated.
 */
enum JpegUpsampling {
    REPEATED {
        @Override
        void row(JpegPlane from, int across, int down, int y, byte[] to) {
            int at = from.row(y / down);
            byte[] samples = from.samples();
            if (across == 1) {
                System.arraycopy(samples, at, to, 0, from.width());
                return;
            }
            for (int x = 0, i = 0; x < from.width(); x++) {
                for (int copy = 0; copy < across; copy++) {
                    to[i++] = samples[at + x];
                }
            }
        }
    },
    SMOOTH_ACROSS {
        @Override
        void row(JpegPlane from, int across, int down, int y, byte[] to) {
            byte[] samples = from.samples();
            int at = from.row(y);
            int last = from.width() - 1;
            to[0] = samples[at];
            to[1] = (byte) ((3 * (samples[at] & 0xff) + (samples[at + 1] & 0xff) + 2) >> 2);
            for (int x = 1; x < last; x++) {
                int sample = 3 * (samples[at + x] & 0xff);
                to[2 * x] = (byte) ((sample + (samples[at + x - 1] & 0xff) + 1) >> 2);
                to[2 * x + 1] = (byte) ((sample + (samples[at + x + 1] & 0xff) + 2) >> 2);
            }
            to[2 * last] = (byte) ((3 * (samples[at + last] & 0xff) + (samples[at + last - 1] & 0xff) + 1) >> 2);
            to[2 * last + 1] = samples[at + last];
        }
    },
    SMOOTH_DOWN {
        @Override
        void row(JpegPlane from, int across, int down, int y, byte[] to) {
            byte[] samples = from.samples();
            int near = from.row(y >> 1);
            int far = from.row(neighbour(y));
            int rounding = (y & 1) == 0 ? 1 : 2;
            for (int x = 0; x < from.width(); x++) {
                to[x] = (byte) ((3 * (samples[near + x] & 0xff) + (samples[far + x] & 0xff) + rounding) >> 2);
            }
        }
    },
    SMOOTH {
        @Override
        void row(JpegPlane from, int across, int down, int y, byte[] to) {
            byte[] samples = from.samples();
            int near = from.row(y >> 1);
            int far = from.row(neighbour(y));
            int last = from.width() - 1;
            int here = 3 * (samples[near] & 0xff) + (samples[far] & 0xff);
            int right = 3 * (samples[near + 1] & 0xff) + (samples[far + 1] & 0xff);
            to[0] = (byte) ((4 * here + 8) >> 4);
            to[1] = (byte) ((3 * here + right + 7) >> 4);
            for (int x = 1; x < last; x++) {
                int left = here;
                here = right;
                right = 3 * (samples[near + x + 1] & 0xff) + (samples[far + x + 1] & 0xff);
                to[2 * x] = (byte) ((3 * here + left + 8) >> 4);
                to[2 * x + 1] = (byte) ((3 * here + right + 7) >> 4);
            }
            to[2 * last] = (byte) ((3 * right + here + 8) >> 4);
            to[2 * last + 1] = (byte) ((4 * right + 7) >> 4);
        }
    };

    private static final int NARROWEST = 3; // samples per row that smoothing across needs

    /**
     * Chooses the rule.
     *
     * @param across pixels per sample across, 1..4
     * @param down pixels per sample down, 1..4
     * @param width the component's samples in a row
     */
    static JpegUpsampling of(int across, int down, int width) {
        if (across == 1 && down == 2) {
            return SMOOTH_DOWN;
        }
        if (across == 2 && down <= 2 && width >= NARROWEST) {
            return down == 1 ? SMOOTH_ACROSS : SMOOTH;
        }
        return REPEATED;
    }

    /**
     * Computes a row.
     *
     * @param from the component's samples
     * @param across pixels per sample across
     * @param down pixels per sample down
     * @param y the image's row
     * @param to receives a row of {@code from}, {@code across} pixels per sample
     */
    abstract void row(JpegPlane from, int across, int down, int y, byte[] to);

    /** Returns the second nearest row of samples to an image row. */
    private static int neighbour(int y) {
        return (y & 1) == 0 ? (y >> 1) - 1 : (y >> 1) + 1;
    }
}
