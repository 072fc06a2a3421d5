package glimpse.engine.image;

/** Brightness of a colour image: ITU-R BT.601 weights with 16 bits after the point, rounded, as Pillow's. */
final class Luma {
    private static final int RED = 19595;
    private static final int GREEN = 38470;
    private static final int BLUE = 7471;

    private Luma() {}

    /** The same image with its luma in all three channels; a grey image stays as it is. */
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
