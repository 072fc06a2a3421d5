package glimpse.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** A drawing with gradients, edges and noise, whose JPEG takes as much work to decode as a photograph's. */
public final class SyntheticJpeg {
    private static final int NOISE = 24;

    private SyntheticJpeg() {}

    /** Returns such a drawing as a file. */
    public static byte[] encode(int width, int height, long seed) throws IOException {
        Random random = new Random(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean disc = Math.hypot(x - width / 2.0, y - height / 2.0) < height / 3.0;
                int red = disc ? 200 - 100 * y / height : 60 + 120 * x / width;
                int green = disc ? 80 : 60 + 120 * y / height;
                int blue = 60 + 120 * ((x / 20 + y / 20) % 2);
                int noise = random.nextInt(NOISE);
                image.setRGB(x, y, (red + noise) << 16 | (green + noise) << 8 | (blue + noise));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "jpeg", out)) {
            throw new IOException("this Java runtime has no JPEG writer");
        }
        return out.toByteArray();
    }
}
