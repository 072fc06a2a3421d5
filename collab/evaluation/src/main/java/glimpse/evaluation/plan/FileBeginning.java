package glimpse.evaluation.plan;

import glimpse.collab.codec.JpegImage;
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
     * @return empty if nothing can be decoded of a file of this format unless it is complete
     */
    public static Optional<FileBeginning> of(FileFormat format, PixelPatches whole) {
        return format instanceof FileFormat.Jpeg(int quality)
                ? Optional.of(new FileBeginning(
                        whole,
                        JpegImage.encode(PatchAssembler.assemble(whole), whole.channels(), quality)
                                .file()))
                : Optional.empty();
    }

    /**
     * Returns what the first bytes decode to if an end marker follows them, as decoders do with truncated files: grey
     * where blocks are missing.
     *
     * @param bytes how many bytes of the file there are, at most all
     * @return all patches; empty if not even the file's tables are there
     */
    public Optional<PixelPatches> decoded(int bytes) {
        byte[] ended = Arrays.copyOf(file, bytes + END_OF_IMAGE.length);
        System.arraycopy(END_OF_IMAGE, 0, ended, bytes, END_OF_IMAGE.length);
        try {
            return Optional.of(PixelPatches.cut(RgbImage.decode(ended), whole.patchSize(), whole.channels()));
        } catch (ImageFormatException e) {
            return Optional.empty();
        }
    }
}
