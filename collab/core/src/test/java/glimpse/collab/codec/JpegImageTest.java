package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.engine.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

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
