package glimpse.engine.image.jpeg;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.image.ImageFormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class JpegWorkTest {
    private static final int BLOCK = 8;

    @Test
    void refusesMoreBlocksThanTheScansHaveBits() {
        JpegFrame frame = grey(80, 80);

        assertThatCode(() -> JpegWork.require(frame, List.of(scan(frame, 0, 0, 0, 13))))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> JpegWork.require(frame, List.of(scan(frame, 0, 0, 0, 12))))
                .withMessage("corrupt JPEG: declares 80 x 80 pixels, more than its 12 bytes of pixel data can hold");
    }

    @Test
    void refusesToWalkALargeImageOverAndOver() {
        JpegFrame frame = grey(8000, 8000);
        List<JpegScan> scans = new ArrayList<>(Collections.nCopies(255, scan(frame, 0, 0, 0, 1)));
        scans.add(scan(frame, 0, 0, 0, 1_000_000));

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> JpegWork.require(frame, scans))
                .withMessage("a JPEG of 256 scans over 8000 x 8000 pixels, too much work for an image of this size");
    }

    @Test
    void allowsEveryCoefficientToBeRefinedSixTimes() {
        JpegFrame frame = grey(8000, 8000);
        List<JpegScan> scans = new ArrayList<>();
        for (int low = 6; low >= 0; low--) {
            int high = low == 6 ? 0 : low + 1;
            scans.add(scan(frame, 0, 0, high, 1_000_000));
            scans.add(scan(frame, 1, 5, high, 1_000_000));
            scans.add(scan(frame, 6, 63, high, 1_000_000));
        }

        assertThatCode(() -> JpegWork.require(frame, scans)).doesNotThrowAnyException();
    }

    @Test
    void allowsManyScansOfASmallImage() {
        JpegFrame frame = grey(100 * BLOCK, 30 * BLOCK);

        assertThatCode(() -> JpegWork.require(frame, Collections.nCopies(256, scan(frame, 1, 63, 1, 10))))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesScansWithoutEnd() {
        JpegFrame frame = grey(BLOCK, BLOCK);

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> JpegWork.require(frame, Collections.nCopies(257, scan(frame, 0, 0, 0, 1))))
                .withMessage("a JPEG of 257 scans, expected at most 256");
    }

    private static JpegFrame grey(int width, int height) {
        return new JpegFrame(width, height, true, List.of(new JpegFrame.Component(0, 1, 1, 1, 0)));
    }

    private static JpegScan scan(JpegFrame frame, int from, int to, int high, int bytes) {
        JpegScan.Channel channel =
                new JpegScan.Channel(frame.components().getFirst(), JpegHuffmanTable.EMPTY, JpegHuffmanTable.EMPTY);
        int low = high == 0 ? 0 : high - 1;
        return new JpegScan(List.of(channel), from, to, high, low, 0, 100, 100 + bytes);
    }
}
