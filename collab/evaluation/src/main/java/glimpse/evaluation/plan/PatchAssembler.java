package glimpse.evaluation.plan;

import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;

/** Reassembles an image from all its patches. */
final class PatchAssembler {
    private PatchAssembler() {}

    /** Returns the image; grey patches give three equal channels. */
    static RgbImage assemble(PixelPatches whole) {
        int grid = (int) Math.sqrt(whole.patches());
        int size = whole.patchSize();
        int side = grid * size;
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
