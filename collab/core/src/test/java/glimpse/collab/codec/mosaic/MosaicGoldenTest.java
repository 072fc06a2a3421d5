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
        "14, 16, 3, 40, 3223030042, 2085162697",
        "14, 16, 3, 80, 1903927231, 895488995",
        "7, 4, 1, 60, 3080321814, 2699682365",
        "16, 14, 3, 50, 4173495784, 2171762213",
        "28, 8, 3, 30, 3097002729, 1549995388"
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
                .isEqualTo("62f459d3de61d5ce9912b90df7df8b69a81fc1be988913476b26769f5bfed8a6c2");
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
