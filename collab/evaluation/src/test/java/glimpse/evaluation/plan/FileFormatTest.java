package glimpse.evaluation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.collab.codec.JpegImage;
import glimpse.collab.fixture.TestImages;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormatTest {
    private static final RgbImage IMAGE = TestImages.random(3, 32, 32);

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theServerSeesWhatTheFileDecodesTo(int channels) {
        PixelPatches whole = PixelPatches.cut(IMAGE, 8, channels);
        RgbImage seen = PatchAssembler.assemble(whole);
        JpegImage expected = JpegImage.encode(seen, channels, 40);
        FileFormat.Encoded jpeg = FileFormat.parse("jpeg:40").encode(whole);
        assertThat(jpeg.bytes()).isEqualTo(expected.bytes());
        assertThat(jpeg.decoded().pixels())
                .isEqualTo(PixelPatches.cut(expected.decoded(), 8, channels).pixels());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void patchesAreReassembledIntoTheImage(int channels) {
        PixelPatches whole = PixelPatches.cut(IMAGE, 8, channels);
        assertThat(PixelPatches.cut(PatchAssembler.assemble(whole), 8, channels).pixels())
                .isEqualTo(whole.pixels());
        if (channels == 3) {
            assertThat(PatchAssembler.assemble(whole).samples()).isEqualTo(IMAGE.samples());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void pngIsLossless(int channels) {
        PixelPatches whole = PixelPatches.cut(IMAGE, 8, channels);
        FileFormat.Encoded png = FileFormat.parse("png").encode(whole);
        assertThat(png.decoded().pixels()).isEqualTo(whole.pixels());
        assertThat(png.bytes()).isBetween(100, 32 * 32 * channels + 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void eachScanOfAProgressiveJpegMakesItBetter(int channels) {
        PixelPatches whole = PixelPatches.cut(IMAGE, 8, channels);
        JpegScans scans = JpegScans.encode(whole, 80);
        assertThat(scans.scans()).isEqualTo(channels == 1 ? 6 : 10);
        double last = Double.POSITIVE_INFINITY;
        int bytes = 0;
        for (int count = 1; count <= scans.scans(); count++) {
            FileFormat.Encoded cut = FileFormat.parse("scans:80:" + count).encode(whole);
            assertThat(cut.bytes()).isGreaterThan(bytes);
            double error = squaredError(cut.decoded().pixels(), whole.pixels());
            assertThat(error).as("%d scans", count).isLessThanOrEqualTo(last);
            bytes = cut.bytes();
            last = error;
        }
        FileFormat.Encoded all = FileFormat.parse("scans:80").encode(whole);
        assertThat(all.bytes()).isEqualTo(bytes);
        assertThat(squaredError(all.decoded().pixels(), whole.pixels())).isEqualTo(last);
    }

    private static double squaredError(byte[] one, byte[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = (one[i] & 0xff) - (other[i] & 0xff);
            sum += difference * difference;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "jpeg",
                "jpeg:0",
                "jpeg:101",
                "jpeg:x",
                "png:9",
                "webp",
                "scans",
                "scans:0",
                "scans:50:0",
                "scans:50:11"
            })
    void unknownFormatsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileFormat.parse(text))
                .withMessage("'" + text + "' is invalid, expected " + FileFormat.SYNTAX);
    }
}
