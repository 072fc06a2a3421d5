package glimpse.evaluation.plan;

import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.util.Arrays;
import java.util.Optional;

/** Decodes the beginning of a whole image's file, as a receiver does that gets no more of it. Immutable. */
public final class FileBeginning {
    private static final byte[] END_OF_IMAGE = {(byte) 0xff, (byte) 0xd9};

    private final PixelPatches whole;
    private final byte[] file;

    private FileBeginning(PixelPatches whole, byte[] file) {
        this.whole = whole;
        this.file = file;
    }

    /**
     * Encodes an image.
     *
     * @param whole all patches of a square image
     * @return empty if nothing can be decoded of a file of this format unless it is complete, or another encoder has it
     */
    public static Optional<FileBeginning> of(FileFormat format, PixelPatches whole) {
        return switch (format) {
            case FileFormat.Jpeg jpeg ->
                Optional.of(new FileBeginning(whole, jpeg.image(whole).file()));
            case FileFormat.ScaledJpeg jpeg ->
                Optional.of(new FileBeginning(whole, jpeg.image(whole).file()));
            case FileFormat.Png _, FileFormat.Scans _, FileFormat.EncodedElsewhere _ -> Optional.empty();
        };
    }

    /**
     * Returns what the server sees of the first bytes: grey where blocks are missing.
     *
     * @param bytes how many bytes of the file there are, at most all
     * @return all patches; empty if not even the file's tables are there
     */
    public Optional<PixelPatches> decoded(int bytes) {
        return ofJpeg(file, bytes)
                .map(image -> FileFormat.Encoded.of(bytes, image, whole).decoded());
    }

    /**
     * Returns what the first bytes of a JPEG decode to if an end marker follows them, as decoders do with truncated
     * files: grey where blocks are missing.
     *
     * @param bytes how many bytes of the file there are, at most all
     * @return empty if not even the file's tables are there
     */
    public static Optional<RgbImage> ofJpeg(byte[] file, int bytes) {
        byte[] ended = Arrays.copyOf(file, bytes + END_OF_IMAGE.length);
        System.arraycopy(END_OF_IMAGE, 0, ended, bytes, END_OF_IMAGE.length);
        try {
            return Optional.of(RgbImage.decode(ended));
        } catch (ImageFormatException _) {
            return Optional.empty();
        }
    }
}
