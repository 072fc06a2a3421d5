package glimpse.collab.codec;

import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.util.Random;

/** Seeded pictures that compress like photographs: smooth shapes with a little noise. */
final class Pictures {
    private Pictures() {}

    /** A square picture; grey if it has one channel. */
    static RgbImage square(long seed, int side, int channels) {
        Random random = new Random(seed);
        double[] phases = random.doubles(9, 0, 6).toArray();
        byte[] samples = new byte[side * side * 3];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                for (int c = 0; c < 3; c++) {
                    int p = channels == 1 ? 0 : c;
                    double wave = Math.sin(phases[p] + 5.0 * x / side) + Math.cos(phases[3 + p] + 7.0 * y / side);
                    double edge = x + y > side + 9 * phases[6] ? 25 : 0;
                    double noise = channels == 1 && c > 0 ? 0 : 3 * random.nextGaussian();
                    int value = (int) Math.clamp(120 + 40 * wave + edge + noise, 0, 255);
                    samples[(y * side + x) * 3 + c] =
                            channels == 1 && c > 0 ? samples[(y * side + x) * 3] : (byte) value;
                }
            }
        }
        return RgbImage.of(side, side, samples);
    }

    /** Patches of a picture at random positions. */
    static PixelPatches patches(long seed, int grid, int patchSize, int channels, int count) {
        int[] positions = new Random(seed)
                .ints(0, grid * grid)
                .distinct()
                .limit(count)
                .sorted()
                .toArray();
        RgbImage picture = square(seed, grid * patchSize, channels);
        return PixelPatches.cut(picture, patchSize, channels).select(positions);
    }
}
