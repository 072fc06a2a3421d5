package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.engine.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegImageTest {
    @Test
    void anyReaderOpensTheFile() throws IOException {
        RgbImage picture = Pictures.square(1, 50, 3);
        for (int channels : new int[] {1, 3}) {
            JpegImage jpeg = JpegImage.encode(picture, channels, 85);
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(jpeg.file()));
            assertThat(read.getWidth()).isEqualTo(50);
            assertThat(read.getHeight()).isEqualTo(50);
            assertThat(read.getRaster().getNumBands()).isEqualTo(channels);
            assertThat(jpeg.bytes()).isEqualTo(jpeg.file().length);
        }
    }

    @Test
    void higherQualityIsCloserAndTakesMoreBytes() {
        RgbImage picture = Pictures.square(2, 224, 3);
        double error = Double.MAX_VALUE;
        int bytes = 0;
        for (int quality : new int[] {10, 30, 50, 75, 90, 98}) {
            JpegImage jpeg = JpegImage.encode(picture, 3, quality);
            double less = meanError(picture, jpeg.decoded());
            assertThat(less).isLessThan(error);
            assertThat(jpeg.bytes()).isGreaterThan(bytes);
            error = less;
            bytes = jpeg.bytes();
        }
        assertThat(error).isLessThan(4);
    }

    @Test
    void theFileIsJfifOfAnySize() throws IOException {
        for (int channels : new int[] {1, 3}) {
            JpegImage jpeg = JpegImage.encode(RgbImage.of(300, 260, new byte[300 * 260 * 3]), channels, 50);
            assertThat(jpeg.channels()).isEqualTo(channels);
            assertThat(new String(jpeg.file(), 6, 5, StandardCharsets.ISO_8859_1))
                    .isEqualTo("JFIF\0");
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(jpeg.file()));
            assertThat(read.getWidth()).isEqualTo(300);
            assertThat(read.getHeight()).isEqualTo(260);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 49, 50, 51, 90, 99, 100})
    void theQuantisationTableIsScaledToTheQuality(int quality) {
        byte[] file = JpegImage.encode(Pictures.square(1, 8, 1), 1, quality).file();
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        int table = 20 + 5; // after the file's start and JFIF segment: marker, length and number of the table
        // the first entries of T.81's table K.1 in zigzag order
        int[] standard = {16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40};
        for (int i = 0; i < standard.length; i++) {
            assertThat(file[table + i] & 0xff).isEqualTo(Math.clamp((standard[i] * percent + 50) / 100, 1, 255));
        }
    }

    @Test
    void aSideHasAtMost65500Pixels() {
        assertThat(JpegImage.encode(RgbImage.of(65_500, 1, new byte[65_500 * 3]), 1, 5)
                        .decoded()
                        .width())
                .isEqualTo(65_500);
        assertThat(JpegImage.encode(RgbImage.of(1, 65_500, new byte[65_500 * 3]), 1, 5)
                        .decoded()
                        .height())
                .isEqualTo(65_500);
        RgbImage wide = RgbImage.of(65_501, 1, new byte[65_501 * 3]);
        assertThatThrownBy(() -> JpegImage.encode(wide, 1, 5))
                .hasMessage("the JPEG would be 65501 x 1 pixels, expected at most 65500 along a side");
        RgbImage high = RgbImage.of(1, 65_501, new byte[65_501 * 3]);
        assertThatThrownBy(() -> JpegImage.encode(high, 1, 5))
                .hasMessage("the JPEG would be 1 x 65501 pixels, expected at most 65500 along a side");
    }

    @Test
    void aGreyImageStaysGrey() {
        RgbImage picture = Pictures.square(3, 28, 1);
        RgbImage decoded = JpegImage.encode(picture, 1, 95).decoded();
        for (int y = 0; y < 28; y++) {
            for (int x = 0; x < 28; x++) {
                assertThat(decoded.sample(x, y, 0)).isEqualTo(decoded.sample(x, y, 2));
            }
        }
        assertThat(meanError(picture, decoded)).isLessThan(1.5);
    }

    @Test
    void argumentsOutOfRangeAreNamed() {
        RgbImage picture = Pictures.square(3, 8, 3);
        assertThatThrownBy(() -> JpegImage.encode(picture, 3, 0)).hasMessage("the JPEG quality is 0, expected 1..100");
        assertThatThrownBy(() -> JpegImage.encode(picture, 2, 50)).hasMessage("channels is 2, expected 1 or 3");
    }

    private static double meanError(RgbImage a, RgbImage b) {
        byte[] first = a.samples();
        byte[] second = b.samples();
        long sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += Math.abs((first[i] & 0xff) - (second[i] & 0xff));
        }
        return (double) sum / first.length;
    }
}
