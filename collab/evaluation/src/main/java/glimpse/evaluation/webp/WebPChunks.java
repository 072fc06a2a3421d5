package glimpse.evaluation.webp;

import glimpse.engine.image.ImageFormatException;
import java.nio.charset.StandardCharsets;

/**
 * The chunks of a WebP file (RFC 9649, section 2). All but the first frame are ignored: alpha is dropped, and colour
 * profiles and other metadata don't change the samples.
 */
final class WebPChunks {
    private static final int FILE_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int EXTENDED_BYTES = 10;
    private static final int ANIMATION_FLAG = 0x02;

    private WebPChunks() {}

    /**
     * Returns the file's frame, which has the size that the file declares.
     *
     * @throws ImageFormatException if a chunk is longer than the file, the file is an animation, or has no frame
     */
    static WebPFrame frame(byte[] file) throws ImageFormatException {
        long declared = CHUNK_HEADER_BYTES + unsigned(file, 4, 4);
        if (declared > file.length) {
            throw new ImageFormatException("truncated WebP: " + file.length + " bytes, expected " + declared);
        }
        long width = 0;
        long height = 0;
        int at = FILE_HEADER_BYTES;
        while (at + CHUNK_HEADER_BYTES <= declared) {
            String kind = new String(file, at, 4, StandardCharsets.ISO_8859_1);
            long length = unsigned(file, at + 4, 4);
            int start = at + CHUNK_HEADER_BYTES;
            if (length > declared - start) {
                throw new ImageFormatException("corrupt WebP: a chunk of " + length + " bytes at byte " + at
                        + ", expected at most " + (declared - start));
            }
            int end = start + (int) length;
            switch (kind) {
                case "VP8X" -> {
                    requireStill(file, start, length);
                    width = 1 + unsigned(file, start + 4, 3);
                    height = 1 + unsigned(file, start + 7, 3);
                }
                case "VP8 ", "VP8L" -> {
                    WebPFrame frame = kind.equals("VP8L")
                            ? WebPFrame.lossless(file, start, end)
                            : WebPFrame.lossy(file, start, end);
                    if (width > 0 && (frame.width() != width || frame.height() != height)) {
                        throw new ImageFormatException("corrupt WebP: a frame of " + frame.width() + " x "
                                + frame.height() + " pixels in an image of " + width + " x " + height);
                    }
                    return frame;
                }
                default -> {
                    // metadata, or alpha
                }
            }
            at = (int) Math.min(declared, end + (length & 1)); // chunks begin at even bytes
        }
        throw new ImageFormatException("corrupt WebP: there is no image in it");
    }

    private static void requireStill(byte[] file, int start, long length) throws ImageFormatException {
        if (length < EXTENDED_BYTES) {
            throw new ImageFormatException(
                    "corrupt WebP: a VP8X chunk of " + length + " bytes, expected " + EXTENDED_BYTES);
        }
        if ((file[start] & ANIMATION_FLAG) != 0) {
            throw new ImageFormatException("an animated WebP isn't supported");
        }
    }

    private static long unsigned(byte[] file, int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (file[at + i] & 0xffL) << (8 * i);
        }
        return value;
    }
}
