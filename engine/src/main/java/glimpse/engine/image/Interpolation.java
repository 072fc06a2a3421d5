package glimpse.engine.image;

/**
 * The filter of a {@link Resampler}. All are antialiased: when an image shrinks, the filter widens to cover all pixels
 * that contribute to a result.
 */
public enum Interpolation {
    /** A triangle, two pixels wide. */
    BILINEAR(1) {
        @Override
        double weight(double distance) {
            double x = Math.abs(distance);
            return x < 1 ? 1 - x : 0;
        }
    },

    /** Keys' cubic with a = -0.5, four pixels wide (Keys 1981, doi 10.1109/TASSP.1981.1163711). */
    BICUBIC(2) {
        @Override
        double weight(double distance) {
            double x = Math.abs(distance);
            if (x < 1) {
                return ((A + 2) * x - (A + 3)) * x * x + 1;
            }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
        }
    },

    /** A sinc windowed by the middle lobe of one three times as wide, six pixels wide (Duchon 1979). */
    LANCZOS(3) {
        @Override
        double weight(double distance) {
            return Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0;
        }
    };

    private static final double A = -0.5;

    private final double support;

    private static double sinc(double x) {
        return x == 0 ? 1 : StrictMath.sin(x * Math.PI) / (x * Math.PI);
    }

    Interpolation(double support) {
        this.support = support;
    }

    /** Returns half the filter's width in pixels at scale 1. */
    double support() {
        return support;
    }

    /** Returns the filter's value at a distance from its centre; the order of operations determines the last bits. */
    abstract double weight(double distance);
}
