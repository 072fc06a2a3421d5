package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.webp.WebP;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files, and the pixels that Pillow decodes, are made by scripts/golden/make_preprocessing.py. */
class WebPTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "lossless, 37, 29",
        "lossless-alpha, 37, 29",
        "lossless-parts, 80, 48",
        "lossless-13-colours, 37, 29",
        "lossless-3-colours, 37, 29",
        "lossless-2-colours, 37, 29"
    })
    void losslessEqualsPillow(String name, int width, int height) throws IOException {
        RgbImage image = ImageFileReader.read(file(resource(name + ".webp")));

        assertThat(image.width()).isEqualTo(width);
        assertThat(image.height()).isEqualTo(height);
        assertThat(image.samples()).isEqualTo(resource(name + ".webp.rgb"));
    }

    @Test
    void lossyIsCloseToPillow() throws IOException {
        byte[] samples = ImageFileReader.read(file(resource("lossy.webp"))).samples();

        byte[] expected = resource("lossy.webp.rgb");
        assertThat(samples).hasSameSizeAs(expected);
        double difference = 0;
        for (int i = 0; i < samples.length; i++) {
            difference += Math.abs((samples[i] & 0xff) - (expected[i] & 0xff));
        }
        assertThat(difference / samples.length).isLessThan(4);
    }

    /** A colour profile whose own length field says 2 GiB: a reader that believes it runs out of memory. */
    @Test
    void aColourProfileThatLiesAboutItsLengthIsIgnored() throws IOException {
        byte[] plain = resource("lossless.webp");
        byte[] profile = new byte[128];
        profile[0] = 0x7f;
        Arrays.fill(profile, 1, 4, (byte) 0xff);
        RgbImage expected = WebP.read(file(plain));
        int width = expected.width() - 1;
        int height = expected.height() - 1;
        byte[] header = {0x20, 0, 0, 0, (byte) width, (byte) (width >> 8), 0, (byte) height, (byte) (height >> 8), 0};
        byte[] image = Arrays.copyOfRange(plain, 12, plain.length);
        ByteBuffer wrapped = ByteBuffer.allocate(12 + 8 + header.length + 8 + profile.length + image.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        wrapped.put(plain, 0, 4).putInt(wrapped.capacity() - 8).put(plain, 8, 4);
        wrapped.put("VP8X".getBytes(StandardCharsets.US_ASCII))
                .putInt(header.length)
                .put(header);
        wrapped.put("ICCP".getBytes(StandardCharsets.US_ASCII))
                .putInt(profile.length)
                .put(profile);
        wrapped.put(image);
        assertThat(WebP.read(file(wrapped.array())).samples()).isEqualTo(expected.samples());
    }

    @Test
    void animationsAreRefused() throws IOException {
        Path file = file(resource("animated.webp"));

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> ImageFileReader.read(file))
                .withMessage(file + ": an animated WebP isn't supported");
    }

    @Test
    void aHugeImageInAFewBytesIsRefused() throws IOException {
        byte[] content = resource("lossless.webp");
        // after the signature, 14 bits each: width - 1 and height - 1
        content[21] = (byte) 0xff;
        content[22] = (byte) 0xff;
        content[23] = (byte) 0xff;
        content[24] |= 0x0f;
        Path file = file(content);

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> ImageFileReader.read(file))
                .withMessage(file + ": declares 16384 x 16384 pixels in " + content.length + " bytes, expected at most "
                        + (content.length << 14) + " pixels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless.webp", "lossy.webp", "animated.webp"})
    void everyTruncationIsRefused(String name) throws IOException {
        byte[] whole = resource(name);
        for (int length = 0; length < whole.length; length += 7) {
            Path file = file(Arrays.copyOf(whole, length));

            assertThatExceptionOfType(ImageFormatException.class)
                    .as("%d of %d bytes", length, whole.length)
                    .isThrownBy(() -> ImageFileReader.read(file))
                    .withMessageStartingWith(file.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless.webp", "lossless-alpha.webp", "lossy.webp", "animated.webp"})
    void changedBytesGiveAnImageOrTheNamedError(String name) throws IOException {
        Random random = new Random(name.hashCode());
        byte[] whole = resource(name);
        for (int round = 0; round < 100; round++) {
            byte[] changed = whole.clone();
            // after the signature, mostly in the headers
            int at = 12 + random.nextInt(round % 2 == 0 ? whole.length - 12 : 40);
            changed[at] = (byte) random.nextInt(256);
            Path file = file(changed);
            try {
                RgbImage image = ImageFileReader.read(file);
                assertThat(image.samples()).hasSize(image.width() * image.height() * 3);
            } catch (ImageFormatException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
            }
        }
    }

    @Test
    void otherFormatsAreDecodedByTheEngine() throws IOException {
        Path missing = folder.resolve("missing.webp");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ImageFileReader.read(missing))
                .withMessage(missing + ": no such file");
        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> ImageFileReader.read(file(new byte[0])))
                .withMessageEndingWith(": the file is empty, expected JPEG or PNG");
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("image.webp"), content);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = WebPTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
