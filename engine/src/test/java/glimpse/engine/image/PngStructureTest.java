package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngStructureTest {
    private static final byte[] TWO_PIXELS = {0, 1, 2, 3, 4, 5, 6}; // a filter byte and two RGB pixels

    @Test
    void readsPixelDataThatIsSpreadOverChunks() throws ImageFormatException {
        byte[] deflated = PngBytes.deflated(TWO_PIXELS);
        PngBytes png = new PngBytes().header(2, 1, 8, 2);
        for (byte part : deflated) {
            png.chunk("IDAT", new byte[] {part});
        }

        assertThat(RgbImage.decode(png.end()).samples()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void ignoresChunksThatDecodingDoesNotNeed() throws ImageFormatException {
        byte[] file = new PngBytes()
                .header(2, 1, 8, 2)
                .chunk("gAMA", new byte[] {0, 0, 0, 1})
                .chunk("zTXt", new byte[] {'a', 0, 0, 1, 2, 3})
                .chunk("tRNS", new byte[] {0})
                .data(TWO_PIXELS)
                .end();

        assertThat(RgbImage.decode(file).samples()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void refusesAWrongChecksum() {
        byte[] file = new PngBytes().header(2, 1, 8, 2).data(TWO_PIXELS).end();
        file[20]++;

        refused(file, "corrupt PNG: wrong checksum of chunk IHDR at byte 8");
    }

    @Test
    void refusesAChunkBeforeTheHeader() {
        byte[] file = new PngBytes().chunk("IDAT", new byte[1]).end();

        refused(file, "corrupt PNG: chunk IDAT at byte 8, expected the header first and once");
    }

    @Test
    void refusesASecondHeader() {
        byte[] file = new PngBytes().header(2, 1, 8, 2).header(2, 1, 8, 2).end();

        refused(file, "corrupt PNG: chunk IHDR at byte 33, expected the header first and once");
    }

    @Test
    void refusesAHeaderOfAnotherLength() {
        refused(new PngBytes().chunk("IHDR", new byte[14]).end(), "corrupt PNG: a header of 14 bytes, expected 13");
    }

    @Test
    void refusesAnUnknownCriticalChunk() {
        byte[] file = new PngBytes()
                .header(2, 1, 8, 2)
                .chunk("CgBI", new byte[4])
                .data(TWO_PIXELS)
                .end();

        refused(file, "a PNG with the unknown critical chunk CgBI");
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "2, 4", "3, 16", "4, 4", "6, 2", "5, 8"})
    void refusesAColourTypeWithBitsItCantHave(int colour, int bitDepth) {
        refused(
                new PngBytes().header(2, 1, bitDepth, colour).data(TWO_PIXELS).end(),
                "corrupt PNG: colour type " + colour + " with " + bitDepth + " bits");
    }

    @Test
    void refusesSixteenBitGrey() {
        refused(
                new PngBytes().header(2, 1, 16, 0).data(new byte[5]).end(),
                "a 16-bit grey PNG isn't supported: the reference defines no 8-bit form of it");
    }

    @Test
    void refusesAnUnknownInterlacing() {
        refused(
                new PngBytes().header(2, 1, 8, 2, 2).data(TWO_PIXELS).end(),
                "corrupt PNG: compression 0, filter 0, interlace 2, expected 0, 0, and 0 or 1");
    }

    @Test
    void refusesAMissingPalette() {
        refused(new PngBytes().header(2, 1, 8, 3).data(new byte[3]).end(), "corrupt PNG: no palette");
    }

    @Test
    void refusesAPaletteOfBrokenLength() {
        byte[] file = new PngBytes()
                .header(2, 1, 8, 3)
                .chunk("PLTE", new byte[4])
                .data(new byte[3])
                .end();

        refused(file, "corrupt PNG: a palette of 4 bytes");
    }

    @Test
    void refusesAFileWithoutPixelData() {
        refused(new PngBytes().header(2, 1, 8, 2).end(), "corrupt PNG: it ends without pixel data");
    }

    @Test
    void refusesASizeThatTheFileCantHold() {
        byte[] file = new PngBytes().header(8000, 8000, 8, 2).data(TWO_PIXELS).end();

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> RgbImage.decode(file))
                .withMessageMatching("corrupt PNG: declares 8000 x 8000 pixels,"
                        + " more than its \\d+ bytes of pixel data can hold");
    }

    @Test
    void refusesMorePixelsThanAnImageMayHave() {
        refused(
                new PngBytes().header(-1, -1, 8, 2).data(TWO_PIXELS).end(),
                "declares 4294967295 x 4294967295 pixels, expected at most 65535 along a side");
    }

    @Test
    void refusesAnEmptyImage() {
        refused(new PngBytes().header(2, 0, 8, 2).data(TWO_PIXELS).end(), "declares 2 x 0 pixels");
    }

    @Test
    void refusesPixelDataThatEndEarly() {
        byte[] deflated = PngBytes.deflated(new byte[100]);
        for (int length = 1; length < deflated.length; length++) {
            byte[] file = new PngBytes()
                    .header(11, 3, 8, 2)
                    .chunk("IDAT", Arrays.copyOf(deflated, length))
                    .end();

            assertThatExceptionOfType(ImageFormatException.class)
                    .as("%d of %d bytes", length, deflated.length)
                    .isThrownBy(() -> RgbImage.decode(file))
                    .withMessageStartingWith("corrupt PNG: ");
        }
    }

    private static void refused(byte[] file, String message) {
        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> RgbImage.decode(file))
                .withMessage(message);
    }
}
