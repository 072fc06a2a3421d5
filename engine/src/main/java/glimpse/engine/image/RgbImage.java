package glimpse.engine.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * An 8-bit RGB image. Immutable.
 *
 * <p>Decoding gives the samples of Pillow's {@code Image.open(file).convert("RGB")}: as stored, without colour
 * management, alpha dropped, palettes looked up, grey copied to all three channels. JPEG (baseline, extended and
 * progressive; 8 bits, Huffman; grey, YCbCr, RGB, CMYK, YCCK) and PNG (all kinds except 16-bit grey) are supported. An
 * EXIF orientation is ignored unless {@link DecodeOptions#applyOrientation} asks for it.
 *
 * <p>Nothing larger than a file's content can account for is allocated, and files of more than 256 MiB are rejected.
 */
public final class RgbImage {
    /** The most pixels that any image can have, so that four samples of each fit an array. */
    public static final int MAX_PIXELS = (1 << 29) - 1;

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
     * Creates an image from a copy of the samples.
     *
     * @param width in pixels, at least 1
     * @param height in pixels, at least 1; at most {@link #MAX_PIXELS} pixels in total
     * @param samples {@code [height][width][3]}: red, green, blue, each 0..255
     * @throws IllegalArgumentException if the size is out of range or doesn't match the samples
     */
    public static RgbImage of(int width, int height, byte[] samples) {
        return own(width, height, samples.clone());
    }

    /**
     * Creates an image from a copy of a {@code BufferedImage}'s pixels: its sRGB values, with alpha dropped. Samples of
     * grey images are copied to all three channels unchanged (16-bit ones: their upper 8 bits), as they are when a grey
     * file is decoded.
     *
     * @throws IllegalArgumentException if the image has more than {@link #MAX_PIXELS} pixels
     */
    public static RgbImage of(BufferedImage image) {
        return BufferedImages.toRgb(Objects.requireNonNull(image, "image"));
    }

    /** Creates an image that takes over the samples; the caller must not keep them. */
    static RgbImage own(int width, int height, byte[] samples) {
        requireSize(width, height);
        if (samples.length != 3L * width * height) {
            throw new IllegalArgumentException(
                    "samples has " + samples.length + " bytes, expected 3 x " + width + " x " + height);
        }
        return new RgbImage(width, height, samples);
    }

    /**
     * Decodes a JPEG or PNG file with the default options.
     *
     * @param file the file's content
     * @throws ImageFormatException saying why it can't be decoded
     */
    public static RgbImage decode(byte[] file) throws ImageFormatException {
        return decode(file, DecodeOptions.defaults());
    }

    /**
     * Decodes a JPEG or PNG file.
     *
     * @param file the file's content
     * @throws ImageFormatException saying why it can't be decoded
     */
    public static RgbImage decode(byte[] file, DecodeOptions options) throws ImageFormatException {
        return ImageDecoder.decode(Objects.requireNonNull(file, "file"), Objects.requireNonNull(options, "options"));
    }

    /**
     * Reads a stream to its end and decodes it with the default options. The stream is not closed.
     *
     * @throws ImageFormatException saying why it can't be decoded
     * @throws IOException if reading fails
     */
    public static RgbImage read(InputStream in) throws IOException {
        return read(in, DecodeOptions.defaults());
    }

    /**
     * Reads a stream to its end and decodes it. The stream is not closed.
     *
     * @throws ImageFormatException saying why it can't be decoded
     * @throws IOException if reading fails
     */
    public static RgbImage read(InputStream in, DecodeOptions options) throws IOException {
        Objects.requireNonNull(options, "options");
        byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
        if (content.length > MAX_FILE_BYTES) {
            throw new ImageFormatException("more than " + MAX_FILE_BYTES + " bytes, too large for an image");
        }
        return decode(content, options);
    }

    /**
     * Reads and decodes a file with the default options.
     *
     * @throws ImageFormatException naming the file and why it can't be decoded
     * @throws IOException naming the file, if it can't be read
     */
    public static RgbImage read(Path file) throws IOException {
        return read(file, DecodeOptions.defaults());
    }

    /**
     * Reads and decodes a file.
     *
     * @throws ImageFormatException naming the file and why it can't be decoded
     * @throws IOException naming the file, if it can't be read
     */
    public static RgbImage read(Path file, DecodeOptions options) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, options);
        } catch (ImageFormatException e) {
            throw new ImageFormatException(file + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            NoSuchFileException named = new NoSuchFileException(file.toString(), null, "no such file");
            named.initCause(e);
            throw named;
        } catch (IOException e) {
            throw new IOException(file + ": can't be read: " + e, e);
        }
    }

    /** Returns the width in pixels. */
    public int width() {
        return width;
    }

    /** Returns the height in pixels. */
    public int height() {
        return height;
    }

    /**
     * Returns one sample.
     *
     * @param x column, from 0 at the left
     * @param y row, from 0 at the top
     * @param channel 0 red, 1 green, 2 blue
     * @return 0..255
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    public int sample(int x, int y, int channel) {
        Objects.checkIndex(x, width);
        Objects.checkIndex(y, height);
        Objects.checkIndex(channel, 3);
        return samples[(y * width + x) * 3 + channel] & 0xff;
    }

    /** Returns a copy of the samples, {@code [height][width][3]}. */
    public byte[] samples() {
        return samples.clone();
    }

    /** Returns the samples themselves, which must not be changed. */
    byte[] rawSamples() {
        return samples;
    }

    /** Checks that an image can have this size. */
    static void requireSize(int width, int height) {
        requireSize(width, height, MAX_PIXELS);
    }

    /** Checks that an image has at least one pixel and at most {@code maxPixels}. */
    static void requireSize(int width, int height, int maxPixels) {
        if (width < 1 || height < 1 || (long) width * height > maxPixels) {
            throw new IllegalArgumentException("the size is " + width + " x " + height
                    + ", expected at least 1 x 1 and at most " + maxPixels + " pixels");
        }
    }
}
