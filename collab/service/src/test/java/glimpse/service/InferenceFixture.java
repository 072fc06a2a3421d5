package glimpse.service;

import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VitConfig;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** Images for the tiny model, and what it makes of them in process. */
final class InferenceFixture {
    private InferenceFixture() {}

    /** Returns normalised pixels, {@code [images][3][16][16]}. */
    static float[] pixels(int images, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[images * 3 * 16 * 16];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        return pixels;
    }

    static byte[] littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static float[] floats(ByteBuffer littleEndian) {
        FloatBuffer values = littleEndian.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] floats = new float[values.remaining()];
        values.get(floats);
        return floats;
    }

    /** Returns a PNG file of random pixels. */
    static byte[] png(long seed) throws IOException {
        BufferedImage image = new BufferedImage(23, 19, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int i = 0; i < 23 * 19; i++) {
            image.setRGB(i % 23, i / 23, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** Cuts an image of {@link #pixels} into the model's patches, one pixel after the other. */
    static PatchSequence patches(float[] pixels, int image) {
        float[] values = new float[16 * 48]; // [patches][3][4][4]
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < 16; y++) {
                for (int x = 0; x < 16; x++) {
                    int patch = y / 4 * 4 + x / 4;
                    values[patch * 48 + channel * 16 + y % 4 * 4 + x % 4] =
                            pixels[((image * 3 + channel) * 16 + y) * 16 + x];
                }
            }
        }
        int[] positions = new int[16];
        Arrays.setAll(positions, i -> i);
        return PatchSequence.of(4, 48, positions, values);
    }

    static float[] logits(TestServer server, PatchSequence image) {
        try (Session session = server.classifier().transformer().newSession()) {
            return session.forward(image, Capture.none()).logits(0);
        }
    }

    /** Returns the class token's attention, {@code [layers][heads][tokens]}. */
    static float[] attention(TestServer server, PatchSequence image) {
        VitConfig config = server.classifier().transformer().config();
        float[] rows = new float[config.depth() * config.heads() * 17];
        try (Session session = server.classifier().transformer().newSession()) {
            Output output = session.forward(image, Capture.allLayers());
            for (int i = 0; i < rows.length; i++) {
                int layer = i / 17 / config.heads();
                rows[i] = output.attention(0, layer).weight(i / 17 % config.heads(), 0, i % 17);
            }
        }
        return rows;
    }

    /** Returns the patches' normalised tokens after the last layer, {@code [patches][width]}. */
    static float[] patchTokens(TestServer server, PatchSequence image) {
        VitConfig config = server.classifier().transformer().config();
        try (Session session = server.classifier().transformer().newSession()) {
            Output output = session.forward(image, Capture.none().withHiddenStates(config.depth() - 1));
            return output.normalisedHiddenState(0, config.depth() - 1).patchTokens();
        }
    }
}
