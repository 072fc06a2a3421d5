package glimpse.collab.codec.mosaic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes and pixels that no change of the program may change: a device and a server may be of different versions. */
class MosaicGoldenTest {
    @ParameterizedTest
    @CsvSource({
        "14, 16, 3, 40, 1460519334, 3279007744",
        "14, 16, 3, 80, 2724310318, 2417749866",
        "7, 4, 1, 60, 1295780349, 224910608",
        "16, 14, 3, 50, 1603183159, 3871136145",
        "28, 8, 3, 30, 2448776224, 3014257134"
    })
    void codesAndPixelsStay(int grid, int patchSize, int channels, int quality, long ofCode, long ofPixels)
            throws Exception {
        int[] positions = {3, 4, grid + 4, 2 * grid, 5 * grid + 1};
        MosaicCodec codec = new MosaicCodec(grid, patchSize, channels, quality);
        byte[] code = codec.encode(positions, pixels(positions.length, patchSize, channels));
        assertThat(crc32(code)).isEqualTo(ofCode);
        assertThat(crc32(codec.decode(positions.length, code))).isEqualTo(ofPixels);
    }

    @Test
    void aCodeStaysByteByByte() {
        byte[] code = new MosaicCodec(7, 4, 1, 60).encode(new int[] {3, 4, 11, 14, 36}, pixels(5, 4, 1));
        assertThat(HexFormat.of().formatHex(code))
                .isEqualTo("62f459d14e11dc31eba5b7029eb801a76ae4c4759cddb73f081f837cad4c822242b50eaa76d5f167e273");
    }

    private static long crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /** Slopes, an edge and a texture, in integers. */
    private static byte[] pixels(int patches, int patchSize, int channels) {
        byte[] pixels = new byte[patches * patchSize * patchSize * channels];
        for (int i = 0; i < pixels.length; i++) {
            int c = i % channels;
            int x = i / channels % patchSize;
            int y = i / channels / patchSize % patchSize;
            int patch = i / channels / patchSize / patchSize;
            int edge = x + patch > y ? 60 : 0;
            int texture = patch % 2 == 0 ? (x * 7 + y * 13 + x * y) % 5 * 9 : 0;
            pixels[i] = (byte) Math.clamp(60 + 5 * x - 3 * y + edge + texture + 20 * c, 0, 255);
        }
        return pixels;
    }
}
