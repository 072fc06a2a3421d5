package glimpse.evaluation.plan;

import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.awt.image.BufferedImage;

/** Reassembles an image from all its patches. */
final class PatchAssembler {
    private PatchAssembler() {}

    /** Returns the side of the image in pixels. */
    static int side(PixelPatches whole) {
        int grid = (int) Math.sqrt(whole.patches());
        return grid * whole.patchSize();
    }

    /** Returns the image for the Java runtime's encoders. */
    static BufferedImage buffered(PixelPatches whole) {
        RgbImage image = assemble(whole);
        boolean grey = whole.channels() == 1;
        BufferedImage buffered = new BufferedImage(
                image.width(), image.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < whole.channels(); channel++) {
                    buffered.getRaster().setSample(x, y, channel, image.sample(x, y, channel));
                }
            }
        }
        return buffered;
    }

    /** Returns the image; grey patches give three equal channels. */
    static RgbImage assemble(PixelPatches whole) {
        int grid = (int) Math.sqrt(whole.patches());
        int size = whole.patchSize();
        int side = side(whole);
        byte[] pixels = whole.pixels(); // [patches][size][size][channels]
        byte[] samples = new byte[side * side * 3];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int patch = y / size * grid + x / size;
                int from = ((patch * size + y % size) * size + x % size) * whole.channels();
                for (int channel = 0; channel < 3; channel++) {
                    samples[(y * side + x) * 3 + channel] = pixels[from + channel % whole.channels()];
                }
            }
        }
        return RgbImage.of(side, side, samples);
    }
}
