package glimpse.evaluation.overlay;

import glimpse.engine.image.RgbImage;
import java.util.Arrays;

/** Draws scores and selected patches over a picture. Whatever the model doesn't see of it is dimmed. Immutable. */
public final class Overlay {
    private static final double OUTSIDE_LIGHT = 0.3;
    private static final double DROPPED_LIGHT = 0.25;
    private static final double COLOUR_SHARE = 0.62;
    private static final int EDGE = 0xffffff;

    /** The share of patches, from the highest score down, that are drawn in the brightest colour. */
    private static final double BRIGHTEST_SHARE = 0.05;

    private final RgbImage picture;
    private final PatchMap map;
    private final int factor;

    /**
     * Creates an overlay.
     *
     * @param picture the picture
     * @param map where the patches are on it
     * @param factor by which the picture is enlarged, at least 1
     */
    public Overlay(RgbImage picture, PatchMap map, int factor) {
        this.picture = picture;
        this.map = map.enlarged(factor);
        this.factor = factor;
    }

    /** Returns the width of the drawing in pixels. */
    public int width() {
        return picture.width() * factor;
    }

    /** Returns the height of the drawing in pixels. */
    public int height() {
        return picture.height() * factor;
    }

    /**
     * Returns the value that is drawn in the brightest colour: the highest after leaving out one patch in twenty.
     * Models put much of their attention on a few patches of the background (arXiv 2309.16588), which would darken all
     * others.
     *
     * @param values {@code [patches]}, at least 0
     */
    public static float brightest(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - 1 - (int) (sorted.length * BRIGHTEST_SHARE)];
    }

    /**
     * Draws values as colours over the picture in grey. Colours follow the values' square roots, relative to the
     * {@link #brightest} value's, so that low values can be told apart.
     *
     * @param values {@code [patches]}
     * @return {@code [height][width]}, 0xRRGGBB
     */
    public int[] heat(float[] values) {
        float[] shares = shares(values);
        int[] pixels = new int[width() * height()];
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                double grey = grey(x, y);
                double value = map.interpolated(shares, x, y);
                pixels[y * width() + x] = map.sees(x, y)
                        ? mixed(ColourMap.rgb(value), grey, COLOUR_SHARE)
                        : mixed(0, grey * OUTSIDE_LIGHT, 0);
            }
        }
        return pixels;
    }

    private static float[] shares(float[] values) {
        float brightest = brightest(values);
        float[] shares = new float[values.length];
        for (int i = 0; i < shares.length && brightest > 0; i++) {
            shares[i] = (float) Math.sqrt(Math.min(1, values[i] / brightest));
        }
        return shares;
    }

    /**
     * Draws the picture itself.
     *
     * @return {@code [height][width]}, 0xRRGGBB
     */
    public int[] plain() {
        int[] pixels = new int[width() * height()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = colour(i % width(), i / width());
        }
        return pixels;
    }

    /**
     * Draws the selected patches in their own colours and the others dark and grey, with a line between them.
     *
     * @param kept positions of the selected patches
     * @return {@code [height][width]}, 0xRRGGBB
     */
    public int[] kept(int[] kept) {
        boolean[] isKept = new boolean[map.grid() * map.grid()];
        for (int position : kept) {
            isKept[position] = true;
        }
        int[] pixels = new int[width() * height()];
        int reach = Math.max(1, Math.min(width(), height()) / 300);
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                int position = map.position(x, y);
                int pixel = position >= 0 && isKept[position] ? colour(x, y) : mixed(0, grey(x, y) * DROPPED_LIGHT, 0);
                pixels[y * width() + x] = isEdge(isKept, x, y, reach) ? EDGE : pixel;
            }
        }
        return pixels;
    }

    /** Returns whether a selected patch begins or ends within {@code reach} pixels to the left or above. */
    private boolean isEdge(boolean[] isKept, int x, int y, int reach) {
        boolean here = isKept(isKept, x, y);
        boolean left = x >= reach && here != isKept(isKept, x - reach, y);
        return left || (y >= reach && here != isKept(isKept, x, y - reach));
    }

    private boolean isKept(boolean[] isKept, int x, int y) {
        int position = map.position(x, y);
        return position >= 0 && isKept[position];
    }

    private int colour(int x, int y) {
        return sample(x, y, 0) << 16 | sample(x, y, 1) << 8 | sample(x, y, 2);
    }

    private int sample(int x, int y, int channel) {
        return picture.sample(x / factor, y / factor, channel);
    }

    /** Returns the ITU-R 601 luma, 0..255. */
    private double grey(int x, int y) {
        return 0.299 * sample(x, y, 0) + 0.587 * sample(x, y, 1) + 0.114 * sample(x, y, 2);
    }

    private static int mixed(int rgb, double grey, double colourShare) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double channel = (rgb >> shift & 0xff) * colourShare + grey * (1 - colourShare);
            mixed |= (int) Math.round(channel) << shift;
        }
        return mixed;
    }
}
