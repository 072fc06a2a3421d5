package glimpse.collab.codec.mosaic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decoder does what MESSAGE.md says, which {@link TwinDecoder} was written from. */
class MosaicFormatTest {
    @ParameterizedTest
    @CsvSource({
        "14, 16, 3, 12, 45",
        "14, 16, 3, 5, 90",
        "14, 16, 3, 60, 10",
        "14, 16, 1, 9, 60",
        "7, 4, 1, 20, 70",
        "7, 4, 3, 9, 50",
        "9, 8, 3, 20, 40",
        "16, 14, 3, 7, 50",
        "4, 32, 3, 5, 35",
        "6, 5, 3, 20, 99",
        "5, 1, 3, 11, 80"
    })
    void aTwinWrittenFromTheSpecificationDecodesTheSame(int grid, int patchSize, int channels, int count, int quality)
            throws Exception {
        int[] positions = MosaicCodecTest.positions(new Random(count), grid, count);
        byte[] pixels = MosaicCodecTest.pixels(quality, grid, patchSize, channels, positions);
        MosaicCodec codec = new MosaicCodec(grid, patchSize, channels, quality);
        byte[] code = codec.encode(positions, pixels);
        assertThat(new TwinDecoder(grid, patchSize, channels, quality, code).decode(count))
                .isEqualTo(codec.decode(count, code));
    }
}
