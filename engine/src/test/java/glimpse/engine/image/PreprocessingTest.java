package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import glimpse.engine.PatchSequence;
import java.awt.geom.Rectangle2D;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreprocessingTest {
    @ParameterizedTest
    @MethodSource("transforms")
    void equalsTimm(RgbImage image, Preprocessing preprocessing, String name) {
        RgbImage crop = preprocessing.crop(image);
        // one patch that is the whole square: its values are the tensor [channels][size][size]
        PatchSequence sequence = preprocessing.apply(image);

        assertThat(crop.samples()).isEqualTo(GoldenImages.bytes("preprocessing/" + name + ".crop"));
        assertThat(sequence.values()).isEqualTo(floats("preprocessing/" + name + ".f32"));
    }

    static Stream<Object[]> transforms() {
        return GoldenImages.index("preprocessing").map(row -> {
            RgbImage image = GoldenImages.rgb(
                    "preprocessing/" + row[0] + ".rgb", Integer.parseInt(row[1]), Integer.parseInt(row[2]));
            int size = Integer.parseInt(row[4]);
            Framing framing = new Framing.Center(
                    Integer.parseInt(row[3]), size, Interpolation.valueOf(row[5].toUpperCase(Locale.ROOT)));
            return new Object[] {
                image, new Preprocessing(framing, size, channelValues(row[6]), channelValues(row[7])), row[0]
            };
        });
    }

    private static List<Float> channelValues(String joined) {
        return Arrays.stream(joined.split(",", -1)).map(Float::valueOf).toList();
    }

    private static float[] floats(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(GoldenImages.bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    @Test
    void stretchedImageIsTheCentreOfItsResizeToASquare() {
        byte[] samples = new byte[37 * 19 * 3];
        new Random(5).nextBytes(samples);
        RgbImage image = RgbImage.of(37, 19, samples);
        Framing framing = new Framing.Squash(16, 12, Interpolation.BICUBIC);
        RgbImage crop = new Preprocessing(framing, 4, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)).crop(image);
        RgbImage resized = Resampler.resize(image, 16, 16, Interpolation.BICUBIC);
        byte[] expected = new byte[12 * 12 * 3];
        for (int y = 0; y < 12; y++) {
            System.arraycopy(resized.samples(), ((y + 2) * 16 + 2) * 3, expected, y * 12 * 3, 12 * 3);
        }
        assertThat(crop.samples()).isEqualTo(expected);
        Rectangle2D window = framing.window(37, 19);
        assertThat(window.getX()).isCloseTo(2 * 37 / 16.0, within(1e-9));
        assertThat(window.getHeight()).isCloseTo(12 * 19 / 16.0, within(1e-9));
    }

    @Test
    void stretchedImageIsNeverSmallerThanTheSquare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Framing.Squash(11, 12, Interpolation.BICUBIC))
                .withMessage("resize is 11, expected at least the size 12");
    }

    @Test
    void imagenetIsTheCentral224Of256Bicubic() {
        Preprocessing imagenet = Preprocessing.imagenet(224, 16);

        assertThat(imagenet.framing()).isEqualTo(new Framing.Center(256, 224, Interpolation.BICUBIC));
        assertThat(imagenet.mean()).containsExactly(0.485f, 0.456f, 0.406f);
        assertThat(imagenet.std()).containsExactly(0.229f, 0.224f, 0.225f);
    }

    @Test
    void patchSizeMustDivideTheSquare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.imagenet(224, 15))
                .withMessage("patchSize is 15, expected 1..1024, a divisor of the size 224");
    }

    @Test
    void cropPctIsTimmsFractionOfTheResizedImage() {
        assertThat(Framing.Center.ofCropPct(0.9, 224, Interpolation.BICUBIC).resize())
                .isEqualTo(248);
        assertThat(Framing.Squash.ofCropPct(1, 224, Interpolation.BICUBIC).resize())
                .isEqualTo(224);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Framing.Center.ofCropPct(0, 224, Interpolation.BICUBIC))
                .withMessage("crop_pct is 0.0, expected above 0 and at most 1");
    }

    @Test
    void theServerGetsTheValuesOfTheEdgeFromPixelsThatCrossed() {
        Preprocessing preprocessing =
                new Preprocessing(new Framing.AsIs(12), 4, List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.3f, 0.4f));
        RgbImage image = randomImage(5, 12, 12);
        int[] kept = {0, 4, 5, 8};

        PatchSequence edge = preprocessing.apply(image).select(kept);
        PixelPatches sent = preprocessing.pixelPatches(image).select(kept);
        PixelPatches received = PixelPatches.of(4, 3, sent.positions(), sent.pixels());
        PatchSequence server = preprocessing.normalise(received);

        assertThat(server.positions()).isEqualTo(kept);
        assertThat(server.values()).isEqualTo(edge.values());
    }

    @Test
    void aPatchIsOrderedByChannelRowAndColumn() {
        Preprocessing preprocessing =
                new Preprocessing(new Framing.AsIs(4), 2, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        byte[] samples = new byte[4 * 4 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) i;
        }

        PatchSequence sequence = preprocessing.apply(RgbImage.of(4, 4, samples));

        // the patch at the right of the first row: pixels 2, 3, 6, 7
        int[] expected = {6, 9, 18, 21, 7, 10, 19, 22, 8, 11, 20, 23};
        float[] values = sequence.select(new int[] {1}).values();
        for (int i = 0; i < expected.length; i++) {
            assertThat(values[i]).isEqualTo(expected[i] / 255f);
        }
    }

    @Test
    void asItIsRefusesAnotherSize() {
        Preprocessing preprocessing = new Preprocessing(new Framing.AsIs(28), 7, List.of(0.286f), List.of(0.353f));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> preprocessing.crop(randomImage(6, 28, 27)))
                .withMessage("the image is 28 x 27 pixels, expected 28 x 28");
    }

    @Test
    void asItIsLeavesAGreyImageAsItIs() {
        Preprocessing preprocessing = new Preprocessing(new Framing.AsIs(16), 16, List.of(0.286f), List.of(0.353f));
        byte[] samples = new byte[16 * 16 * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (i / 3);
        }

        PixelPatches patches = preprocessing.pixelPatches(RgbImage.of(16, 16, samples));

        byte[] everyLevel = new byte[256];
        for (int i = 0; i < 256; i++) {
            everyLevel[i] = (byte) i;
        }
        assertThat(patches.pixels()).isEqualTo(everyLevel);
    }

    @Test
    void patchesWithOtherChannelsOrOfAnotherSizeAreRefused() {
        PixelPatches grey = PixelPatches.of(2, 1, new int[] {0}, new byte[4]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.imagenet(224, 16).normalise(grey))
                .withMessage("the patches have 1 channels, expected 3");
        PixelPatches small = PixelPatches.of(8, 3, new int[] {0}, new byte[8 * 8 * 3]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.imagenet(224, 16).normalise(small))
                .withMessage("the patches have 8 pixels a side, expected 16");
    }

    @Test
    void anImageTooThinIsRefused() {
        RgbImage thread = RgbImage.of(1, 9_000_000, new byte[27_000_000]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Preprocessing.imagenet(224, 16).crop(thread))
                .withMessage("the image is 9000000 x 1 pixels, too long and thin to be resized to 256");
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        Framing framing = new Framing.AsIs(8);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preprocessing(framing, 4, List.of(0f, 0f), List.of(1f, 1f)))
                .withMessage("mean has 2 channels, expected 1 or 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preprocessing(framing, 4, List.of(0f), List.of(1f, 1f, 1f)))
                .withMessage("std has 3 channels, expected 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preprocessing(framing, 4, List.of(Float.NaN), List.of(1f)))
                .withMessage("mean is [NaN], expected finite values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preprocessing(framing, 4, List.of(0f), List.of(0f)))
                .withMessage("std is [0.0], expected finite values above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Framing.Center(0, 8, Interpolation.BILINEAR))
                .withMessage("resize is 0, expected 1..16384");
    }

    private static RgbImage randomImage(long seed, int width, int height) {
        byte[] samples = new byte[width * height * 3];
        new Random(seed).nextBytes(samples);
        return RgbImage.of(width, height, samples);
    }

    @Test
    void theWindowIsWhereTheSquareComesFrom() {
        Framing framing = new Framing.Center(256, 224, Interpolation.BICUBIC);
        assertThat(framing.window(512, 512)).isEqualTo(new Rectangle2D.Double(32, 32, 448, 448));
        // 500 x 375 becomes 341 x 256; half of 117 is rounded to the even 58
        Rectangle2D wide = framing.window(500, 375);
        assertThat(wide.getX()).isCloseTo(58 * 500 / 341.0, within(1e-9));
        assertThat(wide.getY()).isCloseTo(16 * 375 / 256.0, within(1e-9));
        assertThat(wide.getWidth()).isCloseTo(224 * 500 / 341.0, within(1e-9));
        assertThat(wide.getHeight()).isCloseTo(224 * 375 / 256.0, within(1e-9));
        // 2 x 2 becomes 4 x 4 and black makes it 7 x 7, the odd pixel at the right and bottom
        assertThat(new Framing.Center(4, 7, Interpolation.BICUBIC).window(2, 2))
                .isEqualTo(new Rectangle2D.Double(-0.5, -0.5, 3.5, 3.5));
        assertThat(new Framing.AsIs(28).window(28, 28)).isEqualTo(new Rectangle2D.Double(0, 0, 28, 28));
    }

    /** A bright patch on black comes out at the place that the window gives for it. */
    @Test
    void theWindowAgreesWithTheCrop() {
        Preprocessing preprocessing = Preprocessing.imagenet(224, 16);
        int width = 640;
        int height = 427;
        Rectangle2D window = preprocessing.framing().window(width, height);
        byte[] samples = new byte[width * height * 3];
        int left = (int) Math.round(window.getX() + window.getWidth() * 100 / 224);
        int top = (int) Math.round(window.getY() + window.getHeight() * 60 / 224);
        for (int y = top; y < top + 40; y++) {
            Arrays.fill(samples, (y * width + left) * 3, (y * width + left + 40) * 3, (byte) 255);
        }
        RgbImage crop = preprocessing.crop(RgbImage.of(width, height, samples));
        assertThat(crop.sample(97, 70, 0)).isLessThan(40);
        assertThat(crop.sample(102, 70, 0)).isGreaterThan(215);
        assertThat(crop.sample(110, 57, 0)).isLessThan(40);
        assertThat(crop.sample(110, 62, 0)).isGreaterThan(215);
    }
}
