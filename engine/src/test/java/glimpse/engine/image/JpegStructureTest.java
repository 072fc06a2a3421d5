package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegStructureTest {
    private static final byte[] VALID = GoldenImages.imageFile("420.jpg");

    @Test
    void refusesASizeThatTheFileCantHold() {
        byte[] file = changedFrame(VALID, frame -> {
            Arrays.fill(frame, 5, 9, (byte) 0);
            frame[5] = 0x20; // 8192 rows
            frame[7] = 0x20; // 8192 columns
        });

        int bytes = file.length - 2 - indexOf(file, 0xda) - 14;
        refused(
                file,
                "corrupt JPEG: declares 8192 x 8192 pixels, more than its " + bytes + " bytes of pixel data can hold");
    }

    @Test
    void refusesMorePixelsThanAnImageMayHave() {
        byte[] file = changedFrame(VALID, frame -> Arrays.fill(frame, 5, 9, (byte) 0xff));

        refused(
                file,
                "declares 65535 x 65535 pixels, expected at most " + DecodeOptions.DEFAULT_MAX_PIXELS + " in all");
    }

    @Test
    void refusesAnEmptyImage() {
        refused(changedFrame(VALID, frame -> Arrays.fill(frame, 5, 7, (byte) 0)), "declares 37 x 0 pixels");
    }

    @Test
    void refusesTwelveBits() {
        refused(changedFrame(VALID, frame -> frame[4] = 12), "a JPEG of 12 bits per sample, expected 8");
    }

    @Test
    void refusesSamplingFactorsOutOfRange() {
        refused(
                changedFrame(VALID, frame -> frame[11] = 0x25),
                "corrupt JPEG: sampling factors 2 x 5 of component 0, expected 1..4");
    }

    @Test
    void refusesTwoComponents() {
        byte[] frame = {(byte) 0xff, (byte) 0xc0, 0, 14, 8, 0, 8, 0, 8, 2, 1, 0x11, 0, 2, 0x11, 0};

        refused(withSegment(frame), "a JPEG of 2 components, expected 1, 3 or 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7, 9, 11, 15})
    void refusesProcessesThatTheReaderDoesNotKnow(int process) {
        refused(
                changedFrame(VALID, frame -> frame[1] = (byte) (0xc0 + process)),
                "JPEG process " + process + " (lossless, hierarchical or arithmetic) isn't supported,"
                        + " expected baseline, extended or progressive");
    }

    @Test
    void refusesASegmentShorterThanItsLength() {
        refused(
                withSegment(new byte[] {(byte) 0xff, (byte) 0xe1, 0, 1}),
                "corrupt JPEG: a segment of length 1 at byte 4");
    }

    @Test
    void refusesASecondStart() {
        refused(withSegment(new byte[] {(byte) 0xff, (byte) 0xd8}), "corrupt JPEG: a second start of image at byte 2");
    }

    @Test
    void refusesPixelDataWithoutAFrame() {
        refused(
                withSegment(new byte[] {(byte) 0xff, (byte) 0xda, 0, 2, 1}),
                "corrupt JPEG: pixel data before a frame header at byte 4");
    }

    @Test
    void refusesAFileWithoutPixelData() {
        refused(withSegment(new byte[] {(byte) 0xff, (byte) 0xd9}), "corrupt JPEG: it ends without pixel data");
    }

    @Test
    void refusesPixelDataBehindAWholeImage() {
        int scan = indexOf(VALID, 0xda);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(VALID, 0, VALID.length - 2);
        file.write(VALID, scan, VALID.length - scan);

        refused(file.toByteArray(), "corrupt JPEG: pixel data after those of the whole image at byte " + VALID.length);
    }

    @Test
    void refusesAMarkerThatHasNoMeaning() {
        refused(withSegment(new byte[] {(byte) 0xff, 2, 0, 2}), "corrupt JPEG: marker 2 at byte 2");
    }

    @Test
    void refusesSamplesThatArentAWholeNumberOfPixels() {
        refused(
                changedFrame(VALID, frame -> {
                    frame[11] = 0x31;
                    frame[14] = 0x21;
                }),
                "a JPEG whose component 1 has 2 x 1 samples for each 3 x 1 pixels isn't supported");
    }

    @Test
    void refusesAScanOfAnUnknownComponent() {
        byte[] file = VALID.clone();
        int scan = indexOf(VALID, 0xda);
        file[scan + 5] = 9;

        refused(
                file,
                "corrupt JPEG: the scan at byte " + (scan + 2)
                        + " has component 9, which the frame doesn't have or the scan has already");
    }

    @Test
    void refusesABandThatNoProgressiveScanCodes() {
        byte[] file = GoldenImages.imageFile("grey-progressive.jpg");
        int scan = indexOf(file, 0xda);
        file[scan + 8] = 2; // 0 alone is a band of its own

        refused(
                file,
                "corrupt JPEG: the scan at byte " + (scan + 2)
                        + " codes coefficients 0..2 of 1 components from bit 0 to 1");
    }

    @Test
    void refusesCodesOfOnlyOnes() {
        byte[] file = VALID.clone();
        int table = indexOf(VALID, 0xc4);
        file[table + 5] = 2; // codes of 1 bit
        file[table + 7] = 3; // instead of 5 of 3 bits

        refused(file, "corrupt JPEG: a Huffman table has too many codes of 1 bits");
    }

    @Test
    void refusesATableLargerThanItsSegment() {
        refused(
                withSegment(new byte[] {(byte) 0xff, (byte) 0xc4, 0, 5, 0, 9, 9}),
                "corrupt JPEG: a Huffman table at byte 6 doesn't fit its segment");
    }

    @Test
    void refusesAScanWithoutItsQuantisationTable() {
        // neither table is left
        byte[] file = VALID.clone();
        file[indexOf(file, 0xdb) + 1] = (byte) 0xef;
        file[indexOf(file, 0xdb) + 1] = (byte) 0xef;

        refused(file, "corrupt JPEG: no quantisation table 0");
    }

    private static void refused(byte[] file, String message) {
        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> RgbImage.decode(file))
                .withMessage(message);
    }

    /** The file with a changed frame header, which begins with its marker. */
    private static byte[] changedFrame(byte[] file, Consumer<byte[]> change) {
        int start = indexOf(file, 0xc0);
        byte[] frame = Arrays.copyOfRange(file, start, start + 19);
        change.accept(frame);
        byte[] changed = file.clone();
        System.arraycopy(frame, 0, changed, start, frame.length);
        return changed;
    }

    private static int indexOf(byte[] file, int marker) {
        for (int i = 0; ; i++) {
            if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == marker) {
                return i;
            }
        }
    }

    /** A valid file with something else in front of its first segment. */
    private static byte[] withSegment(byte[] segment) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(VALID, 0, 2);
        file.writeBytes(segment);
        file.write(VALID, 2, VALID.length - 2);
        return file.toByteArray();
    }
}
