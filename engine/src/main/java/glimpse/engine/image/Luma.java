package glimpse.engine.image;

/** Computes the luma of a colour image with ITU-R BT.601 weights of 16 fractional bits, rounded, as Pillow does. */
final class Luma {
    private static final int RED = 19595;
    private static final int GREEN = 38470;
    private static final int BLUE = 7471;

    private Luma() {}

    /** Returns the image with its luma in all three channels; a grey image is unchanged. */
    static RgbImage grey(RgbImage image) {
        byte[] from = image.rawSamples();
        byte[] to = new byte[from.length];
        for (int i = 0; i < from.length; i += 3) {
            int weighted = (from[i] & 0xff) * RED + (from[i + 1] & 0xff) * GREEN + (from[i + 2] & 0xff) * BLUE;
            byte luma = (byte) ((weighted + (1 << 15)) >> 16);
            to[i] = luma;
            to[i + 1] = luma;
            to[i + 2] = luma;
        }
        return RgbImage.own(image.width(), image.height(), to);
    }
}
