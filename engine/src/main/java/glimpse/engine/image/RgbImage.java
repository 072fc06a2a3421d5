package glimpse.engine.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An 8-bit RGB image. Immutable.
 *
 * <p>Decoding gives the samples that Pillow's {@code Image.open(file).convert("RGB")} gives: as stored, without colour
 * management, alpha dropped, a palette looked up, grey copied to the three channels. An EXIF orientation is ignored, as
 * the reference ignores it.
 */
public final class RgbImage {
    /** The most pixels an image may have: their RGB samples fill 256 MiB. */
    public static final int MAX_PIXELS = (1 << 28) / 3;

    private static final int MAX_FILE_BYTES = 1 << 28;

    private final int width;
    private final int height;
    private final byte[] samples; // [height][width][3]

    private RgbImage(int width, int height, byte[] samples) {
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    /**
     * Makes an image of a copy of the samples.
     *
     * @param width pixels, at least 1
     * @param height pixels, at least 1; at most {@link #MAX_PIXELS} in all
     * @param samples {@code [height][width][3]}: red, green, blue, each 0..255
     * @throws IllegalArgumentException if the size is out of range or doesn't fit the samples
     */
    public static RgbImage of(int width, int height, byte[] samples) {
        return own(width, height, samples.clone());
    }

    /** An image of these very samples, which the caller must not keep. */
    static RgbImage own(int width, int height, byte[] samples) {
        requireSize(width, height);
        if (samples.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "samples has " + samples.length + " bytes, expected 3 x " + width + " x " + height);
        }
        return new RgbImage(width, height, samples);
    }

    /**
     * Decodes a JPEG (baseline, extended or progressive, 8 bits, Huffman; grey, YCbCr, RGB, CMYK, YCCK) or a PNG (all
     * kinds but 16-bit grey).
     *
     * @param file the file's content
     * @throws ImageFormatException saying why it can't be decoded; nothing larger than the content can account for is
     *     allocated
     */
    public static RgbImage decode(byte[] file) throws ImageFormatException {
        return ImageDecoder.decode(Objects.requireNonNull(file));
    }

    /**
     * Reads and decodes a file; see {@link #decode}.
     *
     * @throws ImageFormatException naming the file and why it can't be decoded
     * @throws IOException if the file can't be read
     */
    public static RgbImage read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE_BYTES + 1);
        } catch (NoSuchFileException e) {
            NoSuchFileException named = new NoSuchFileException(file.toString(), null, "no such file");
            named.initCause(e);
            throw named;
        } catch (IOException e) {
            throw new IOException(file + ": can't be read: " + e, e);
        }
        if (content.length > MAX_FILE_BYTES) {
            throw new ImageFormatException(file + ": more than " + MAX_FILE_BYTES + " bytes, too large for an image");
        }
        try {
            return decode(content);
        } catch (ImageFormatException e) {
            throw new ImageFormatException(file + ": " + e.getMessage(), e);
        }
    }

    /** Pixels in a row. */
    public int width() {
        return width;
    }

    /** Number of rows. */
    public int height() {
        return height;
    }

    /**
     * One sample.
     *
     * @param x column, from 0 at the left
     * @param y row, from 0 at the top
     * @param channel 0 red, 1 green, 2 blue
     * @return 0..255
     */
    public int sample(int x, int y, int channel) {
        Objects.checkIndex(x, width);
        Objects.checkIndex(channel, 3);
        return samples[(y * width + x) * 3 + channel] & 0xff;
    }

    /** A copy of the samples, {@code [height][width][3]}. */
    public byte[] samples() {
        return samples.clone();
    }

    /** The samples themselves, for this package alone. */
    byte[] rawSamples() {
        return samples;
    }

    /** Checks that an image may have this size. */
    static void requireSize(int width, int height) {
        if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS) {
            throw new IllegalArgumentException("the size is " + width + " x " + height + ", expected at least 1 x 1 and"
                    + " at most " + MAX_PIXELS + " pixels");
        }
    }
}
