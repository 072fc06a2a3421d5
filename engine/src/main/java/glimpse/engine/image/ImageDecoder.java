package glimpse.engine.image;

import glimpse.engine.image.jpeg.JpegDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Determines a file's format from its first bytes and decodes it: JPEG with {@link JpegDecoder}, PNG with the JDK's own
 * reader. Only the JDK's providers are considered, so that a library on the class path can't change what an image
 * decodes to, and the reader only gets what {@link PngStructure} has kept: no metadata, no colour profile, nothing
 * unchecked.
 */
final class ImageDecoder {
    private static final List<ImageReaderSpi> JDK_PROVIDERS = jdkProviders();

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

    /**
     * Runs one of the JDK's readers.
     *
     * @param format "JPEG" or "PNG"
     * @param file the reader's input
     * @throws ImageFormatException if the reader throws anything
     */
    static <T> T readWithJdk(String format, byte[] file, ReaderCall<T> call) throws ImageFormatException {
        ImageReader reader = jdkReader(format);
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            return call.read(reader);
        } catch (IOException | RuntimeException e) {
            // the JDK's readers throw unchecked exceptions for some corrupt files
            String reason =
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            throw new ImageFormatException("corrupt " + format + ": " + reason, e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader jdkReader(String format) throws ImageFormatException {
        for (ImageReaderSpi provider : JDK_PROVIDERS) {
            if (List.of(provider.getFormatNames()).contains(format)) {
                try {
                    return provider.createReaderInstance();
                } catch (IOException e) {
                    throw new ImageFormatException("the JDK's " + format + " reader doesn't start", e);
                }
            }
        }
        throw new ImageFormatException("this Java runtime has no " + format + " reader of its own");
    }

    private static List<ImageReaderSpi> jdkProviders() {
        List<ImageReaderSpi> providers = new ArrayList<>();
        IIORegistry.getDefaultInstance()
                .getServiceProviders(ImageReaderSpi.class, true)
                .forEachRemaining(provider -> {
                    if (provider.getClass().getModule() == ImageReader.class.getModule()) {
                        providers.add(provider);
                    }
                });
        return List.copyOf(providers);
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
        return file.length >= at + bytes.length
                && java.util.Arrays.equals(file, at, at + bytes.length, bytes, 0, bytes.length);
    }

    /** Uses a reader that has its input. */
    interface ReaderCall<T> {
        T read(ImageReader reader) throws IOException;
    }
}
