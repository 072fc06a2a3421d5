package glimpse.evaluation.webp;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Decodes the beginning of a WebP file, as a receiver does that gets no more of it. A lossy file has the modes of all
 * its macroblocks first and their coefficients row by row after them, so the rows of macroblocks whose coefficients are
 * there are complete; a decoder that is fed bytes as they arrive shows the same. In a lossless file, any pixel may be a
 * copy of an earlier one and the transforms apply to all of them, so of its beginning nothing is used.
 */
public final class WebPBeginning {
    private static final int MACROBLOCK = 16;
    private static final byte GREY = (byte) 128;

    private WebPBeginning() {}

    /**
     * Decodes the first bytes of a file, in no more time and memory than all of it takes.
     *
     * @param file the whole content, of which {@link WebP#matches} is true; what comes after the first bytes is used
     *     for their interpretation alone
     * @param bytes how many bytes of the file there are, at most all
     * @return grey where rows are missing; empty if there isn't even one row of macroblocks, or the file is lossless or
     *     has several partitions of coefficients of which one hasn't begun
     */
    public static Optional<RgbImage> decode(byte[] file, int bytes) {
        try {
            WebPFrame frame = WebPChunks.frame(file);
            if (bytes >= frame.end()) {
                return Optional.of(WebP.decode(file));
            }
            Optional<WebPFrame> beginning = frame.lossless() ? Optional.empty() : frame.first(bytes - frame.start());
            if (beginning.isEmpty()) {
                return Optional.empty();
            }
            WebP.requireSize(frame, bytes);
            return rows(beginning.get());
        } catch (ImageFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<RgbImage> rows(WebPFrame frame) {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        RowCount rows = new RowCount();
        try (BoundedInput in = new BoundedInput(frame.alone())) {
            reader.setInput(in, true, true);
            reader.addIIOReadProgressListener(rows);
            BufferedImage image = reader.getImageTypes(0).next().createBufferedImage(frame.width(), frame.height());
            ImageReadParam into = reader.getDefaultReadParam();
            into.setDestination(image);
            readAll(reader, into);
            int complete = Math.min(rows.count() * MACROBLOCK, frame.height());
            if (complete == 0) {
                return Optional.empty();
            }
            byte[] samples = WebP.rgb(image.getRaster());
            Arrays.fill(samples, complete * frame.width() * 3, samples.length, GREY);
            return Optional.of(RgbImage.of(frame.width(), frame.height(), samples));
        } catch (IOException | RuntimeException _) {
            return Optional.empty(); // not even the headers are there
        } finally {
            reader.dispose();
        }
    }

    /** Reads until the input ends; what was read before that stays where it was read to. */
    private static void readAll(ImageReader reader, ImageReadParam into) {
        try {
            reader.read(0, into);
        } catch (IOException | RuntimeException _) {
            // the rows that were complete by then have been counted
        }
    }
}
