package glimpse.evaluation.data;

import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.webp.WebP;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
        try {
            return isWebP(file) ? WebP.read(file) : RgbImage.read(file);
        } catch (OutOfMemoryError e) {
            throw new ImageFormatException(file + ": not enough memory to decode it", e);
        } catch (StackOverflowError | InternalError e) {
            throw new ImageFormatException(
                    file + ": can't be decoded: " + e.getClass().getSimpleName(), e);
        }
    }

    /**
     * Decodes a file that is in memory.
     *
     * @param file its content
     * @throws ImageFormatException saying why it can't be decoded; also if it exhausts the memory or a decoder's stack
     */
    public static RgbImage decode(byte[] file) throws ImageFormatException {
        try {
            return WebP.matches(file) ? WebP.decode(file) : RgbImage.decode(file);
        } catch (OutOfMemoryError e) {
            throw new ImageFormatException("not enough memory to decode it", e);
        } catch (StackOverflowError | InternalError e) {
            throw new ImageFormatException("can't be decoded: " + e.getClass().getSimpleName(), e);
        }
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
