package glimpse.evaluation.overlay;

/**
 * Maps 0..1 to colours from dark violet through blue and green to light yellow. Equal steps of the value are equal
 * steps of lightness, so that brighter means more in print and to the colour-blind too. Computed in Oklab (Ottosson, A
 * perceptual colour space for image processing, 2020) after the idea of viridis (Smith and van der Walt, 2015), with
 * nearly the highest chroma that sRGB allows at each lightness and hue, up to a limit.
 */
public final class ColourMap {
    private static final int STEPS = 256;
    private static final double DARKEST = 0.22;
    private static final double LIGHTEST = 0.96;
    private static final double FIRST_HUE_DEGREES = 305;
    private static final double LAST_HUE_DEGREES = 105;
    private static final double MOST_CHROMA = 0.15;

    /** Share of the highest chroma in sRGB; at the gamut's edge a channel is clipped to 0, which shows as a bend. */
    private static final double CHROMA_SHARE = 0.88;

    private static final int[] COLOURS = colours(); // [STEPS], 0xRRGGBB

    private ColourMap() {}

    /** Returns the colour of a value as 0xRRGGBB; values are clamped to 0..1, and NaN counts as 0. */
    public static int rgb(double value) {
        return COLOURS[(int) Math.round(Math.clamp(Double.isNaN(value) ? 0 : value, 0, 1) * (STEPS - 1))];
    }

    private static int[] colours() {
        int[] colours = new int[STEPS];
        for (int i = 0; i < STEPS; i++) {
            double t = (double) i / (STEPS - 1);
            double lightness = DARKEST + t * (LIGHTEST - DARKEST);
            double hue = Math.toRadians(FIRST_HUE_DEGREES + t * (LAST_HUE_DEGREES - FIRST_HUE_DEGREES));
            colours[i] = mostChromatic(lightness, hue);
        }
        return colours;
    }

    private static int mostChromatic(double lightness, double hue) {
        double least = 0;
        double most = MOST_CHROMA;
        for (int halving = 0; halving < 20; halving++) {
            double chroma = (least + most) / 2;
            if (isInside(linear(lightness, chroma, hue))) {
                least = chroma;
            } else {
                most = chroma;
            }
        }
        double[] rgb = linear(lightness, least * CHROMA_SHARE, hue);
        return encoded(rgb[0]) << 16 | encoded(rgb[1]) << 8 | encoded(rgb[2]);
    }

    private static boolean isInside(double[] rgb) {
        for (double value : rgb) {
            if (value < 0 || value > 1) {
                return false;
            }
        }
        return true;
    }

    /** Converts an Oklab colour to linear-light sRGB with the matrices of Oklab's definition. */
    private static double[] linear(double lightness, double chroma, double hue) {
        double a = chroma * Math.cos(hue);
        double b = chroma * Math.sin(hue);
        double l = cubed(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cubed(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cubed(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new double[] {
            4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
        };
    }

    private static double cubed(double value) {
        return value * value * value;
    }

    /** Encodes a linear value as 8-bit sRGB (IEC 61966-2-1). */
    private static int encoded(double linear) {
        double value = Math.clamp(linear, 0, 1);
        double curved = value <= 0.0031308 ? 12.92 * value : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
        return (int) Math.round(curved * 255);
    }
}
