package glimpse.evaluation.data;

import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.plan.FileBeginning;
import glimpse.evaluation.webp.WebP;
import glimpse.evaluation.webp.WebPBeginning;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads image files: JPEG and PNG through the engine, and WebP. */
public final class ImageFileReader {
    private static final int SIGNATURE_BYTES = 12;

    private ImageFileReader() {}

    /**
     * Reads and decodes a file.
     *
     * @throws ImageFormatException naming the file and why it can't be decoded; also if it exhausts the memory or a
     *     decoder's stack
     * @throws IOException if the file can't be read
     */
    public static RgbImage read(Path file) throws IOException {
        return bounded(file + ": ", () -> isWebP(file) ? WebP.read(file) : RgbImage.read(file));
    }

    /**
     * Decodes a file that is in memory.
     *
     * @param file its content
     * @throws ImageFormatException saying why it can't be decoded; also if it exhausts the memory or a decoder's stack
     */
    public static RgbImage decode(byte[] file) throws ImageFormatException {
        return bounded("", () -> WebP.matches(file) ? WebP.decode(file) : RgbImage.decode(file));
    }

    /**
     * Reads a file and decodes its first bytes, as a receiver does that gets no more of it.
     *
     * @param bytes how many bytes of the file there are, at most all
     * @return grey where pixels are missing; empty if nothing can be decoded, as of a PNG
     * @throws IOException if the file can't be read
     */
    static Optional<RgbImage> readBeginning(Path file, int bytes) throws IOException {
        byte[] content = Files.readAllBytes(file);
        return bounded(
                file + ": ",
                () -> WebP.matches(content)
                        ? WebPBeginning.decode(content, bytes)
                        : isJpeg(content) ? FileBeginning.ofJpeg(content, bytes) : Optional.empty());
    }

    private interface Decoding<T, E extends IOException> {
        T run() throws E;
    }

    /** Decodes; what exhausts the memory or a decoder's stack is an error that begins with {@code where}. */
    private static <T, E extends IOException> T bounded(String where, Decoding<T, E> decoding)
            throws E, ImageFormatException {
        try {
            return decoding.run();
        } catch (OutOfMemoryError e) {
            throw new ImageFormatException(where + "not enough memory to decode it", e);
        } catch (StackOverflowError | InternalError e) {
            throw new ImageFormatException(
                    where + "can't be decoded: " + e.getClass().getSimpleName(), e);
        }
    }

    private static boolean isJpeg(byte[] content) {
        return content.length >= 2 && (content[0] & 0xff) == 0xff && (content[1] & 0xff) == 0xd8;
    }

    /** The content of an image's file, wherever it is. */
    interface Content {
        byte[] read() throws IOException;
    }

    /**
     * Reads and decodes a file that isn't one of the file system.
     *
     * @param where the file and what it is in, for errors
     * @throws IOException as {@link #read}, beginning with {@code where}
     */
    static Dataset.Loaded load(String where, Content content) throws IOException {
        try {
            byte[] file = content.read();
            return new Dataset.Loaded(decode(file), OptionalLong.of(file.length));
        } catch (ImageFormatException e) {
            throw new ImageFormatException(where + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(where + ": " + e.getMessage(), e);
        }
    }

    private static boolean isWebP(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return WebP.matches(in.readNBytes(SIGNATURE_BYTES));
        } catch (IOException e) {
            return false; // the engine reports why
        }
    }
}
