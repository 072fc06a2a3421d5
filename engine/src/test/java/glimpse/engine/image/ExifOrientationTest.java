package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifOrientationTest {
    private static final DecodeOptions UPRIGHT = DecodeOptions.defaults().withOrientationApplied();

    /** A 2 x 3 image, its pixels numbered in reading order; expected rows are separated by slashes. */
    @ParameterizedTest
    @CsvSource({
        "1, 0 1/2 3/4 5",
        "2, 1 0/3 2/5 4",
        "3, 5 4/3 2/1 0",
        "4, 4 5/2 3/0 1",
        "5, 0 2 4/1 3 5",
        "6, 4 2 0/5 3 1",
        "7, 5 3 1/4 2 0",
        "8, 1 3 5/0 2 4"
    })
    void eachOrientationIsTurnedUpright(int orientation, String expected) throws ImageFormatException {
        RgbImage upright = RgbImage.decode(png(exif(ByteOrder.LITTLE_ENDIAN, orientation)), UPRIGHT);

        String[] rows = expected.split("/", -1);
        assertThat(upright.height()).isEqualTo(rows.length);
        for (int y = 0; y < rows.length; y++) {
            String[] row = rows[y].split(" ", -1);
            assertThat(upright.width()).isEqualTo(row.length);
            for (int x = 0; x < row.length; x++) {
                assertThat(upright.sample(x, y, 0)).isEqualTo(Integer.parseInt(row[x]));
            }
        }
    }

    @Test
    void jpegIsTurnedUprightOnRequestAlone() throws ImageFormatException {
        byte[] file = GoldenImages.imageFile("420-orientation.jpg"); // orientation 6
        RgbImage stored = RgbImage.decode(file);
        RgbImage upright = RgbImage.decode(file, UPRIGHT);

        assertThat(stored.samples()).isEqualTo(GoldenImages.bytes("decode/420-orientation.jpg.rgb"));
        assertThat(upright.width()).isEqualTo(stored.height());
        assertThat(upright.height()).isEqualTo(stored.width());
        for (int y = 0; y < upright.height(); y++) {
            for (int x = 0; x < upright.width(); x++) {
                assertThat(upright.sample(x, y, 1)).isEqualTo(stored.sample(y, stored.height() - 1 - x, 1));
            }
        }
    }

    @Test
    void bigEndianDataIsRead() {
        assertThat(read(exif(ByteOrder.BIG_ENDIAN, 8))).isEqualTo(ExifOrientation.ROTATED_270);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 65535})
    void otherValuesCountAsUpright(int orientation) {
        assertThat(read(exif(ByteOrder.LITTLE_ENDIAN, orientation))).isEqualTo(ExifOrientation.UPRIGHT);
    }

    @Test
    void truncatedDataCountsAsUpright() {
        byte[] exif = exif(ByteOrder.LITTLE_ENDIAN, 6);
        int needed = 8 + 2 + 12;
        for (int length = 0; length < needed; length++) {
            assertThat(ExifOrientation.read(exif, 0, length)).isEqualTo(ExifOrientation.UPRIGHT);
        }
        assertThat(ExifOrientation.read(exif, 0, needed)).isEqualTo(ExifOrientation.ROTATED_90);
    }

    @Test
    void randomDataNeverFails() {
        Random random = new Random(11);
        byte[] exif = exif(ByteOrder.BIG_ENDIAN, 6);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = exif.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(read(changed)).isNotNull();
        }
    }

    private static ExifOrientation read(byte[] exif) {
        return ExifOrientation.read(exif, 0, exif.length);
    }

    /** A TIFF header and a directory with the orientation alone. */
    private static byte[] exif(ByteOrder order, int orientation) {
        return ByteBuffer.allocate(8 + 2 + 12 + 4)
                .order(order)
                .put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'))
                .put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    private static byte[] png(byte[] exif) {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int y = 0; y < 3; y++) {
            rows.writeBytes(new byte[] {0, (byte) (2 * y), (byte) (2 * y + 1)}); // filter type, two pixels
        }
        return new PngBytes()
                .header(2, 3, 8, 0)
                .chunk("eXIf", exif)
                .data(rows.toByteArray())
                .end();
    }
}
