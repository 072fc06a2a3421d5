package glimpse.collab.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codecs 101 to 200 as MESSAGE.md specifies them: the layout of patches and the checks of a scan. */
class JpegPayloadTest {
    /** A grey block that equals the one before it: DC size 0 (00), end of block (1010), two bits of padding. */
    private static final byte FLAT = 0b0010_1011;

    private static final PatchGeometry ONE_BLOCK = new PatchGeometry(4, 8, 1, new int[] {6});

    @ParameterizedTest
    @CsvSource({"16, 3", "32, 3", "8, 1", "24, 1"})
    void patchesOfWholeMcusStandSideBySideWhateverTheirPositions(int patchSize, int channels) {
        byte[] pixels = Pictures.patches(3, 4, patchSize, channels, 6).pixels();
        assertThat(encode(8, patchSize, channels, new int[] {0, 9, 17, 30, 31, 63}, pixels))
                .isEqualTo(encode(4, patchSize, channels, new int[] {0, 1, 2, 3, 4, 5}, pixels));
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "14, 3", "8, 3", "3, 1"})
    void otherPatchesKeepTheirPlacesInTheSmallestRectangleThatHoldsThem(int patchSize, int channels) {
        byte[] pixels = Pictures.patches(3, 4, patchSize, channels, 3).pixels();
        // an L of three patches, at the top left and elsewhere
        assertThat(encode(6, patchSize, channels, new int[] {20, 26, 27}, pixels))
                .isEqualTo(encode(6, patchSize, channels, new int[] {0, 6, 7}, pixels));
        // the same rectangle with the first patch at its right
        assertThat(encode(6, patchSize, channels, new int[] {21, 26, 27}, pixels))
                .isEqualTo(encode(5, patchSize, channels, new int[] {1, 5, 6}, pixels))
                .isNotEqualTo(encode(6, patchSize, channels, new int[] {0, 6, 7}, pixels));
    }

    @Test
    void pixelsBetweenPatchesTakeTheMeanOfTheirMcu() throws Exception {
        byte[] pixels = new byte[2 * 16];
        Arrays.fill(pixels, 0, 8, (byte) 40);
        Arrays.fill(pixels, 8, 16, (byte) 60);
        Arrays.fill(pixels, 16, 32, (byte) 200);
        byte[] scan = encode(6, 4, 1, new int[] {0, 5}, pixels);
        RgbImage image = RgbImage.decode(new JpegTables(100, 1).file(24, 4, scan));
        // the first MCU holds a patch, the second none, the third another patch
        assertThat(image.sample(6, 1, 0)).isBetween(47, 53);
        assertThat(image.sample(12, 1, 0)).isBetween(47, 53);
        assertThat(image.sample(17, 1, 0)).isBetween(197, 203);
        assertThat(image.sample(22, 1, 0)).isBetween(197, 203);
    }

    @Test
    void aFlatBlockTakesSixBits() throws MessageException {
        byte[] pixels = PayloadCodec.jpeg(50).decode(ONE_BLOCK, new byte[] {FLAT});
        assertThat(pixels).hasSize(64).containsOnly(128);
    }

    @ParameterizedTest
    @CsvSource({"1, 8, 1", "2, 8, 1", "4, 8, 1", "5, 8, 1", "1, 16, 3", "3, 32, 3"})
    void aPayloadTooShortForItsBlocksIsRejectedByItsLength(int patches, int patchSize, int channels)
            throws MessageException {
        int[] positions = new int[patches];
        Arrays.setAll(positions, i -> i);
        PatchGeometry geometry = new PatchGeometry(4, patchSize, channels, positions);
        int bits = channels == 1
                ? 6 * patches * (patchSize / 8) * (patchSize / 8)
                : 32 * patches * (patchSize / 16) * (patchSize / 16);
        int enough = (bits + 7) / 8;
        PayloadCodec.jpeg(50).checkLength(geometry, enough);
        assertThatThrownBy(() -> PayloadCodec.jpeg(50).checkLength(geometry, enough - 1))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(Rule.PAYLOAD_LENGTH))
                .hasMessageStartingWith("the payload has " + (enough - 1) + " bytes")
                .hasMessageEndingWith("takes at least " + enough);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 254, 260865 x 1023", // too wide
        "0, 64770, 1023 x 260865", // too high
        "0, 16128, 65472 x 65472" // too many pixels
    })
    void aJpegThatIsTooLargeIsRejected(int first, int second, String size) {
        PatchGeometry geometry = new PatchGeometry(255, 1023, 1, new int[] {first, second});
        assertThatThrownBy(() -> PayloadCodec.jpeg(50).checkLength(geometry, 1 << 26))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(Rule.PAYLOAD_LENGTH))
                .hasMessage("the patches make a JPEG of " + size + " pixels, too large");
        byte[] pixels = new byte[2 * 1023 * 1023];
        assertThatThrownBy(() -> PayloadCodec.jpeg(50).encode(geometry, pixels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the JPEG would ");
    }

    @Test
    void corruptScansAreRejectedByName() {
        assertRejected("the JPEG is corrupt: padding that isn't ones before byte 1", 0b0010_1000);
        assertRejected("the JPEG is corrupt: padding that isn't ones before byte 1", 0b0010_1001);
        assertRejected("2 bytes follow the JPEG's last block", FLAT, 0, 0);
        assertRejected("the JPEG breaks off after 1 bytes", 0b0000_0001);
        assertRejected("the JPEG is corrupt: a marker before byte 1", 0xff);
        assertRejected("the JPEG is corrupt: a marker before byte 1", 0xff, 0xd9);
        assertRejected("the JPEG is corrupt: an unknown Huffman code before byte 4", 0xff, 0, 0xff, 0);
    }

    @Test
    void aBlockHasAtMost64Coefficients() {
        // DC size 0, then four runs of sixteen zeros: the DC coefficient and 64 more
        byte[] scan = scan("00" + "11111111001".repeat(4) + "1010");
        assertThatThrownBy(() -> PayloadCodec.jpeg(50).decode(ONE_BLOCK, scan))
                .isInstanceOf(MessageException.class)
                .hasMessageStartingWith("the JPEG is corrupt: a block of more than 64 coefficients");
    }

    @Test
    void aBlockOf64CoefficientsHasNoEndOfBlock() throws MessageException {
        // DC size 0, three runs of sixteen zeros, then fourteen zeros and the last coefficient, of one bit
        byte[] scan = scan("00" + "11111111001".repeat(3) + "1111111111101011" + "0");
        assertThat(PayloadCodec.jpeg(50).decode(ONE_BLOCK, scan)).hasSize(64);
    }

    @Test
    void anUnknownQualityIsRejected() {
        assertThatThrownBy(() -> PayloadCodec.jpeg(101)).hasMessage("the JPEG quality is 101, expected 1..100");
        assertThatThrownBy(() -> PayloadCodec.jpeg(0)).hasMessage("the JPEG quality is 0, expected 1..100");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "150"})
    void everyCodecChecksTheLengthBeforeItDecodes(int codec) throws MessageException {
        PatchGeometry geometry = PatchGeometry.of(14, Messages.patches(new Random(1), 14, 64, 1, 50));
        assertThatThrownBy(() -> PayloadCodec.of(codec).decode(geometry, new byte[9]))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(Rule.PAYLOAD_LENGTH));
    }

    private static byte[] encode(int grid, int patchSize, int channels, int[] positions, byte[] pixels) {
        PixelPatches patches = PixelPatches.of(patchSize, channels, positions, pixels);
        return PayloadCodec.jpeg(100).encode(PatchGeometry.of(grid, patches), pixels);
    }

    private static void assertRejected(String message, int... scan) {
        assertThatThrownBy(() -> PayloadCodec.jpeg(50).decode(ONE_BLOCK, bytes(scan)))
                .isInstanceOfSatisfying(
                        MessageException.class, e -> assertThat(e.rule()).isEqualTo(Rule.PAYLOAD))
                .hasMessage(message);
    }

    /** Bits filled up with ones, a zero stuffed after each 0xff. */
    private static byte[] scan(String bits) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String whole = bits + "1".repeat((8 - bits.length() % 8) % 8);
        for (int i = 0; i < whole.length(); i += 8) {
            int value = Integer.parseInt(whole.substring(i, i + 8), 2);
            out.write(value);
            if (value == 0xff) {
                out.write(0);
            }
        }
        return out.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
