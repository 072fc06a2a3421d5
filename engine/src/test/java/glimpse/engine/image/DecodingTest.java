package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest {
    @ParameterizedTest
    @MethodSource("imageFiles")
    void equalsPillow(String name, int width, int height) throws IOException {
        RgbImage image = RgbImage.decode(GoldenImages.imageFile(name));

        assertThat(image.width()).isEqualTo(width);
        assertThat(image.height()).isEqualTo(height);
        assertThat(image.samples()).isEqualTo(GoldenImages.bytes("decode/" + name + ".rgb"));
    }

    @ParameterizedTest
    @MethodSource("imageFiles")
    void everyTruncationIsRefused(String name, int width, int height) {
        byte[] file = GoldenImages.imageFile(name);
        // one golden file has bytes after its end
        int end = name.contains("tail") ? file.length - "tail".length() : file.length;
        for (int length = 0; length < end; length++) {
            byte[] truncated = Arrays.copyOf(file, length);
            assertThatExceptionOfType(ImageFormatException.class)
                    .as("%s cut to %d of %d bytes", name, length, file.length)
                    .isThrownBy(() -> RgbImage.decode(truncated));
        }
    }

    static Stream<Object[]> imageFiles() {
        return GoldenImages.index("decode")
                .map(row -> new Object[] {row[0], Integer.parseInt(row[1]), Integer.parseInt(row[2])});
    }

    @ParameterizedTest
    @CsvSource({
        "'', the file is empty",
        "GIF89a..., a GIF file",
        "RIFF....WEBPVP8, a WebP file",
        "BM......, a BMP file",
        "some words, not an image in a known format"
    })
    void otherKindsAreRefusedByName(String content, String named) {
        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> RgbImage.decode(content.getBytes(StandardCharsets.ISO_8859_1)))
                .withMessage(named + ", expected JPEG or PNG");
    }

    @Test
    void readingNamesTheFileThatIsCorrupt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("dog.JPEG");
        Files.write(file, Arrays.copyOf(GoldenImages.imageFile("420.jpg"), 600));

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> RgbImage.read(file))
                .withMessage(file + ": truncated JPEG: it ends after 600 bytes, before its end marker");
    }

    @Test
    void readingNamesTheFileThatIsMissing(@TempDir Path folder) {
        Path file = folder.resolve("dog.JPEG");

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> RgbImage.read(file))
                .withMessage(file + ": no such file");
    }

    @Test
    void readingNamesAFolder(@TempDir Path folder) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RgbImage.read(folder))
                .withMessageStartingWith(folder + ": can't be read");
    }

    @Test
    void readsAStreamAndLeavesItOpen() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        try (InputStream in = new ByteArrayInputStream(GoldenImages.imageFile("rgba.png")) {
            @Override
            public void close() {
                closed.set(true);
            }
        }) {
            assertThat(RgbImage.read(in).samples()).isEqualTo(GoldenImages.bytes("decode/rgba.png.rgb"));
            assertThat(closed).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"420.jpg", "rgba.png"})
    void callerLimitsThePixels(String name) throws IOException {
        byte[] file = GoldenImages.imageFile(name);
        RgbImage image = RgbImage.decode(file);
        int pixels = image.width() * image.height();
        DecodeOptions enough = DecodeOptions.defaults().withMaxPixels(pixels);
        DecodeOptions tooFew = DecodeOptions.defaults().withMaxPixels(pixels - 1);

        assertThat(RgbImage.decode(file, enough).samples()).isEqualTo(image.samples());
        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> RgbImage.read(new ByteArrayInputStream(file), tooFew))
                .withMessage("declares " + image.width() + " x " + image.height() + " pixels, expected at most "
                        + (pixels - 1) + " in all");
    }

    /** Few pixels, but resizing would make many of them. */
    @Test
    void aSideThatIsTooLongIsRefusedBeforeDecoding() throws IOException {
        byte[] file = new PngBytes().header(65_536, 1, 8, 0).data(new byte[0]).end();

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> RgbImage.decode(file))
                .withMessage("declares 65536 x 1 pixels, expected at most 65535 along a side");
    }

    @Test
    void limitIsChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecodeOptions.defaults().withMaxPixels(0))
                .withMessage("maxPixels is 0, expected 1..536870911");
    }

    /** More than the default allows: 90,000,000 pixels of one bit. */
    @Test
    void callerMayRaiseTheLimit() throws IOException {
        byte[] rows = new byte[9000 * (1 + 1250)];
        byte[] file = new PngBytes().header(10_000, 9000, 1, 0).data(rows).end();

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> RgbImage.decode(file))
                .withMessage("declares 10000 x 9000 pixels, expected at most 67108864 in all");
        assertThat(RgbImage.decode(file, DecodeOptions.defaults().withMaxPixels(90_000_000))
                        .height())
                .isEqualTo(9000);
    }

    @Test
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("any name");
        Files.write(file, GoldenImages.imageFile("rgba.png"));

        assertThat(RgbImage.read(file).samples()).isEqualTo(GoldenImages.bytes("decode/rgba.png.rgb"));
    }
}
