package glimpse.evaluation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.collab.codec.JpegImage;
import glimpse.collab.fixture.TestImages;
import glimpse.engine.image.Interpolation;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Resampler;
import glimpse.engine.image.RgbImage;
import org.junit.jupiter.api.Test;
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
    void aScaledDownJpegIsScaledUpForTheServer(int channels) {
        PixelPatches whole = PixelPatches.cut(IMAGE, 8, channels);
        RgbImage small = Resampler.resize(PatchAssembler.assemble(whole), 20, 20, Interpolation.LANCZOS);
        JpegImage expected = JpegImage.encode(small, channels, 60);
        RgbImage seen = Resampler.resize(expected.decoded(), 32, 32, Interpolation.BICUBIC);
        FileFormat.Encoded jpeg = FileFormat.parse("jpeg:60@20").encode(whole);
        assertThat(jpeg.bytes()).isEqualTo(expected.bytes());
        assertThat(jpeg.decoded().pixels())
                .isEqualTo(PixelPatches.cut(seen, 8, channels).pixels());
    }

    @Test
    void nothingIsScaledUpBeforeItIsEncoded() {
        PixelPatches whole = PixelPatches.cut(IMAGE, 8, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileFormat.parse("jpeg:60@32").encode(whole))
                .withMessage("jpeg:60@32: the image has a side of 32 pixels, expected a larger one");
    }

    @Test
    void whatAnotherEncoderMadeIsScaledToTheImage() {
        PixelPatches whole = PixelPatches.cut(IMAGE, 8, 3);
        assertThat(FileFormat.Encoded.of(9, IMAGE, whole).decoded().pixels()).isEqualTo(whole.pixels());
        RgbImage small = TestImages.random(4, 16, 16);
        assertThat(FileFormat.Encoded.of(9, small, whole).decoded().pixels())
                .isEqualTo(PixelPatches.cut(Resampler.resize(small, 32, 32, Interpolation.BICUBIC), 8, 3)
                        .pixels());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileFormat.Encoded.of(9, TestImages.random(4, 16, 15), whole))
                .withMessage("the image is 16 x 15 pixels, expected a square");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file/jpeg:60@20", "file/encoded:webp", "file/encoded:scaled-down-WebP:40@112"})
    void uploadsOfFilesAreReadBack(String spec) {
        assertThat(Upload.parse(spec).spec()).isEqualTo(spec);
        assertThat(OperatingPoint.parse(spec + "/min-entropy:0.5").spec()).isEqualTo(spec + "/min-entropy:0.5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a:b:c", ":", "a:", "ü"})
    void namesOfOtherEncodersArePlain(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileFormat.EncodedElsewhere.ofName(name))
                .withMessage("'" + name + "' is invalid, expected " + FileFormat.EncodedElsewhere.SYNTAX);
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
            assertThat(scans.bytes(count)).isEqualTo(cut.bytes());
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
                "scans:50:11",
                "jpeg:50@",
                "jpeg:@50",
                "jpeg:50@0",
                "jpeg:0@50",
                "jpeg:50@20@10",
                "encoded:webp"
            })
    void unknownFormatsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileFormat.parse(text))
                .withMessage("'" + text + "' is invalid, expected " + FileFormat.SYNTAX);
    }
}
