package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class RgbImageTest {
    @Test
    void samplesAreFoundByColumnRowAndChannel() {
        RgbImage image = RgbImage.of(2, 2, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, (byte) 200, 11});

        assertThat(image.sample(1, 0, 0)).isEqualTo(3);
        assertThat(image.sample(0, 1, 2)).isEqualTo(8);
        assertThat(image.sample(1, 1, 1)).isEqualTo(200);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> image.sample(2, 0, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> image.sample(0, -1, 0));
    }

    @Test
    void samplesAreCopied() {
        byte[] samples = {1, 2, 3};
        RgbImage image = RgbImage.of(1, 1, samples);

        samples[0] = 9;
        image.samples()[1] = 9;

        assertThat(image.samples()).containsExactly(1, 2, 3);
    }

    @Test
    void bufferedImageGivesItsPixelsWithoutAlpha() {
        for (int type :
                new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_ARGB}) {
            BufferedImage image = new BufferedImage(2, 1, type);
            image.setRGB(0, 0, 0x40010203);
            image.setRGB(1, 0, 0xff0405c8);

            assertThat(RgbImage.of(image).samples()).containsExactly(1, 2, 3, 4, 5, 200);
        }
    }

    @Test
    void greyBufferedImageGivesItsSamplesUnchanged() {
        BufferedImage bytes = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        bytes.getRaster().setSample(1, 0, 0, 130);
        BufferedImage shorts = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        shorts.getRaster().setSample(1, 0, 0, 130 << 8 | 77);

        for (BufferedImage image : List.of(bytes, shorts, bytes.getSubimage(0, 0, 2, 1))) {
            assertThat(RgbImage.of(image).samples()).containsExactly(0, 0, 0, 130, 130, 130);
        }
        assertThat(RgbImage.of(bytes.getSubimage(1, 0, 1, 1)).samples()).containsExactly(130, 130, 130);
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RgbImage.of(2, 2, new byte[11]))
                .withMessage("samples has 11 bytes, expected 3 x 2 x 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RgbImage.of(0, 2, new byte[0]))
                .withMessageStartingWith("the size is 0 x 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RgbImage.of(1 << 16, 1 << 16, new byte[0]))
                .withMessageStartingWith("the size is 65536 x 65536");
    }
}
