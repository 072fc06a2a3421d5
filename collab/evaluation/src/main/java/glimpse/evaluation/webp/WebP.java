package glimpse.evaluation.webp;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import glimpse.engine.image.DecodeOptions;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageReader;

/**
 * Decodes WebP files; alpha is dropped and animations are refused. Lossless files decode to the same samples as with
 * Pillow. Lossy ones don't, as their reader repeats chroma samples where libwebp interpolates them and differs slightly
 * in brightness: in photographs by about one level on average, and by tens of levels at coloured edges.
 *
 * <p>Decoding takes at most 8 bytes of memory per pixel; for a lossless file some 50 MB more for its prefix codes, for
 * a lossy one 4 kB more per column.
 */
public final class WebP {
    /**
     * What a lossless image takes: four bytes for its pixels, as many for up to three images that describe 4 x 4 of
     * them each, and three for the result. A lossy one takes three in the reader's image, less than one for the modes
     * of its macroblocks, and three for the result.
     */
    static final int BYTES_PER_PIXEL = 8;

    /** What three rows of a lossy image's macroblocks take, some 20 kB for each. */
    static final int BYTES_PER_COLUMN = 4096;

    private static final long MAX_FILE_BYTES = 1L << 28;

    /** An image of one colour takes no bits per pixel; a file that declares more is a decompression bomb. */
    private static final long MAX_LOSSLESS_PIXELS_PER_BYTE = 1 << 14;

    /**
     * A macroblock of 256 pixels takes at least 3.4 bits for its modes, whose probabilities are fixed (RFC 6386,
     * section 11.2).
     */
    private static final long MAX_LOSSY_PIXELS_PER_BYTE = 1 << 10;

    private static final long SMALL_PIXELS = 1 << 20;

    /** Fewer pixels than in other formats, as they take more memory. */
    private static final DecodeOptions LIMITS = DecodeOptions.defaults().withMaxPixels(1 << 25);

    private WebP() {}

    /** Returns whether a file begins with the signature of WebP. */
    public static boolean matches(byte[] start) {
        return start.length >= 12
                && new String(start, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
                && new String(start, 8, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    }

    /**
     * Reads and decodes a file.
     *
     * @throws ImageFormatException naming the file and why it can't be decoded
     * @throws IOException if the file can't be read
     */
    public static RgbImage read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new ImageFormatException(file + ": more than " + MAX_FILE_BYTES + " bytes, too large for an image");
        }
        byte[] content = Files.readAllBytes(file);
        try {
            return decode(content);
        } catch (ImageFormatException e) {
            throw new ImageFormatException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Decodes a file that is in memory.
     *
     * @param file its content, of which {@link #matches} is true
     * @throws ImageFormatException saying why it can't be decoded
     */
    public static RgbImage decode(byte[] file) throws ImageFormatException {
        WebPFrame frame = WebPChunks.frame(file);
        requireSize(frame, file.length);
        byte[] samples = frame.lossless() ? rgb(LosslessDecoder.decode(frame)) : lossy(frame);
        return RgbImage.of(frame.width(), frame.height(), samples);
    }

    private static byte[] lossy(WebPFrame frame) throws ImageFormatException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (BoundedInput in = new BoundedInput(frame.alone())) {
            reader.setInput(in, true, true);
            return rgb(reader.read(0).getRaster());
        } catch (IOException | RuntimeException e) {
            // the reader throws unchecked exceptions for some corrupt files
            String reason =
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            throw new ImageFormatException("corrupt WebP: " + reason, e);
        } finally {
            reader.dispose();
        }
    }

    static void requireSize(WebPFrame frame, int fileBytes) throws ImageFormatException {
        int width = frame.width();
        int height = frame.height();
        long perByte = frame.lossless() ? MAX_LOSSLESS_PIXELS_PER_BYTE : MAX_LOSSY_PIXELS_PER_BYTE;
        long most = Math.max(SMALL_PIXELS, perByte * fileBytes);
        if ((long) width * height > most) {
            throw new ImageFormatException("declares " + width + " x " + height + " pixels in " + fileBytes
                    + " bytes, expected at most " + most + " pixels");
        }
        LIMITS.requireSize(width, height);
    }

    private static byte[] rgb(int[] pixels) {
        byte[] samples = new byte[pixels.length * 3];
        int at = 0;
        for (int pixel : pixels) {
            samples[at++] = (byte) (pixel >> 16);
            samples[at++] = (byte) (pixel >> 8);
            samples[at++] = (byte) pixel;
        }
        return samples;
    }

    static byte[] rgb(Raster raster) {
        int bands = raster.getNumBands();
        int width = raster.getWidth();
        int[] row = new int[width * bands];
        byte[] samples = new byte[width * raster.getHeight() * 3];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < row.length; x += bands) {
                samples[at++] = (byte) row[x];
                samples[at++] = (byte) row[x + 1];
                samples[at++] = (byte) row[x + 2];
            }
        }
        return samples;
    }
}
