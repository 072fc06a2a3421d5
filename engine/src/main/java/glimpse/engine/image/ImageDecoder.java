package glimpse.engine.image;

import glimpse.engine.image.jpeg.JpegDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Determines a file's format from its first bytes and decodes it: {@link JpegDecoder}, {@link PngDecoder}. */
final class ImageDecoder {
    private ImageDecoder() {}

    static RgbImage decode(byte[] file, DecodeOptions options) throws ImageFormatException {
        if (JpegDecoder.matches(file)) {
            JpegDecoder jpeg = JpegDecoder.of(file, options);
            RgbImage stored = RgbImage.own(jpeg.width(), jpeg.height(), jpeg.decode());
            ExifOrientation orientation = jpeg.exif()
                    .map(exif -> ExifOrientation.read(file, exif.start(), exif.end()))
                    .orElse(ExifOrientation.UPRIGHT);
            return upright(stored, orientation, options);
        }
        if (PngStructure.matches(file)) {
            PngStructure png = PngStructure.parse(file, options);
            return upright(PngDecoder.decode(png), png.orientation(), options);
        }
        throw new ImageFormatException(
                (file.length == 0 ? "the file is empty" : kind(file)) + ", expected JPEG or PNG");
    }

    private static RgbImage upright(RgbImage stored, ExifOrientation orientation, DecodeOptions options) {
        return options.applyOrientation() ? orientation.apply(stored) : stored;
    }

    private static String kind(byte[] file) {
        if (startsWith(file, 0, "GIF8")) {
            return "a GIF file";
        }
        if (startsWith(file, 0, "RIFF") && startsWith(file, 8, "WEBP")) {
            return "a WebP file";
        }
        if (startsWith(file, 0, "BM")) {
            return "a BMP file";
        }
        if (startsWith(file, 0, "II*\0") || startsWith(file, 0, "MM\0*")) {
            return "a TIFF file";
        }
        return "not an image in a known format";
    }

    private static boolean startsWith(byte[] file, int at, String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
        return file.length >= at + bytes.length && Arrays.equals(file, at, at + bytes.length, bytes, 0, bytes.length);
    }
}
