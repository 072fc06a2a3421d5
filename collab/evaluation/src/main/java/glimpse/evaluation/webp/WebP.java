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
 * Pillow. Lossy ones don't, as the reader repeats chroma samples where libwebp interpolates them and differs slightly
 * in brightness: in photographs by about one level on average, and by tens of levels at coloured edges.
 */
public final class WebP {
    private static final long MAX_FILE_BYTES = 1L << 28;

    /**
     * Even an image of one colour needs a byte for so many pixels; a file that declares more is a decompression bomb.
     */
    private static final long MAX_PIXELS_PER_BYTE = 1 << 14;

    private static final long SMALL_PIXELS = 1 << 20;

    /** Fewer pixels than in other formats: the reader's own image takes more memory than the result. */
    private static final DecodeOptions LIMITS = DecodeOptions.defaults().withMaxPixels(1 << 25);

    private WebP() {}

    /** Returns whether a file begins with the signature of WebP. */
    public static boolean matches(byte[] start) {
        return start.length >= 12
                && new String(start, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
                && new String(start, 8, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    }

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

    public static RgbImage decode(byte[] file) throws ImageFormatException {
        byte[] content = WebPChunks.essential(file);
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (BoundedInput in = new BoundedInput(content)) {
            reader.setInput(in, true, true);
            requireSize(content, reader.getWidth(0), reader.getHeight(0));
            return rgb(reader.read(0).getRaster());
        } catch (ImageFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the reader throws unchecked exceptions for some corrupt files
            String reason =
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
            throw new ImageFormatException("corrupt WebP: " + reason, e);
        } finally {
            reader.dispose();
        }
    }

    private static void requireSize(byte[] content, int width, int height) throws ImageFormatException {
        long most = Math.max(SMALL_PIXELS, MAX_PIXELS_PER_BYTE * content.length);
        if ((long) width * height > most) {
            throw new ImageFormatException("declares " + width + " x " + height + " pixels in " + content.length
                    + " bytes, expected at most " + most + " pixels");
        }
        LIMITS.requireSize(width, height);
    }

    private static RgbImage rgb(Raster raster) {
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
        return RgbImage.of(width, raster.getHeight(), samples);
    }
}
