package glimpse.engine.image;

import glimpse.engine.image.jpeg.JpegDecoder;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.util.Arrays;
import java.util.List;

/** The decoders of images, and the reader of EXIF data. */
public final class ImageFuzzTargets implements FuzzTargets {
    private static final DecodeOptions SMALL =
            DecodeOptions.defaults().withMaxPixels(1 << 18).withOrientationApplied();

    /** Makes the list; called by the service loader. */
    public ImageFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("jpeg", ImageFuzzTargets::jpeg, ImageFormatException.class),
                FuzzTarget.of("png", ImageFuzzTargets::png, ImageFormatException.class),
                FuzzTarget.of("exif", ImageFuzzTargets::exif));
    }

    private static void jpeg(byte[] input) throws ImageFormatException {
        if (JpegDecoder.matches(input)) {
            JpegDecoder stored = JpegDecoder.of(input, SMALL);
            Texts.requireEqual(stored.width() * stored.height() * 3, stored.decode().length);
        }
        decode(input);
    }

    /** Reads a file whose checksums are right, which no mutation would keep. */
    private static void png(byte[] input) throws ImageFormatException {
        PngBytes.repairChecksums(input);
        decode(input);
    }

    private static void decode(byte[] input) throws ImageFormatException {
        RgbImage image = RgbImage.decode(input, SMALL);
        Texts.requireEqual(image.width() * image.height() * 3, image.samples().length);
    }

    private static void exif(byte[] input) {
        ExifOrientation orientation = ExifOrientation.read(input, 0, input.length);
        RgbImage stored = RgbImage.of(3, 2, new byte[18]);
        RgbImage upright = orientation.apply(stored);
        Texts.requireEqual(stored.width() * stored.height(), upright.width() * upright.height());
        if (input.length > 1) { // as a part of a larger file
            Texts.requireEqual(
                    ExifOrientation.read(input, 1, input.length),
                    ExifOrientation.read(Arrays.copyOfRange(input, 1, input.length), 0, input.length - 1));
        }
    }
}
