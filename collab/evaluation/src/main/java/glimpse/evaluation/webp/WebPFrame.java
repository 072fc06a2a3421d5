package glimpse.evaluation.webp;

import glimpse.engine.image.ImageFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The coded pixels in a file.
 *
 * @param lossless whether they are coded as RFC 9649 says; otherwise as a key frame of VP8 (RFC 6386)
 * @param start index of the frame's first byte
 * @param end index after its last byte
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record WebPFrame(byte[] file, boolean lossless, int start, int end, int width, int height) {
    /** The bytes before a lossless frame's bits: a signature, then width, height, whether there is alpha, a version. */
    static final int LOSSLESS_HEADER_BYTES = 5;

    private static final int LOSSY_HEADER_BYTES = 10;
    private static final int LOSSLESS_SIGNATURE = 0x2f;
    private static final int LOSSY_SIGNATURE = 0x2a019d;
    private static final int FILE_HEADER_BYTES = 20;
    private static final int SIDE = 0x3fff;

    /** Reads the header of a lossy frame. */
    static WebPFrame lossy(byte[] file, int start, int end) throws ImageFormatException {
        boolean complete = end - start >= LOSSY_HEADER_BYTES;
        if (!complete || (file[start] & 1) != 0 || (bits(file, start + 3) & 0xffffff) != LOSSY_SIGNATURE) {
            throw new ImageFormatException("corrupt WebP: a frame without the header of a key frame");
        }
        int sides = bits(file, start + 6);
        return new WebPFrame(file, false, start, end, sides & SIDE, (sides >>> 16) & SIDE);
    }

    /** Reads the header of a lossless frame. */
    static WebPFrame lossless(byte[] file, int start, int end) throws ImageFormatException {
        if (end - start < LOSSLESS_HEADER_BYTES || file[start] != LOSSLESS_SIGNATURE) {
            throw new ImageFormatException("corrupt WebP: a lossless frame without its signature");
        }
        int header = bits(file, start + 1);
        if (header >>> 29 != 0) {
            throw new ImageFormatException("corrupt WebP: version " + (header >>> 29) + " of lossless frames");
        }
        return new WebPFrame(file, true, start, end, (header & SIDE) + 1, ((header >>> 14) & SIDE) + 1);
    }

    private static int bits(byte[] file, int at) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    }

    /** Returns the number of bytes. */
    int bytes() {
        return end - start;
    }

    /** Returns the beginning of a lossy frame; empty if its header isn't complete. */
    Optional<WebPFrame> first(int bytes) {
        return bytes < LOSSY_HEADER_BYTES
                ? Optional.empty()
                : Optional.of(new WebPFrame(file, lossless, start, start + bytes, width, height));
    }

    /** Returns a file of this frame alone. */
    byte[] alone() {
        int padding = bytes() & 1;
        ByteBuffer alone =
                ByteBuffer.allocate(FILE_HEADER_BYTES + bytes() + padding).order(ByteOrder.LITTLE_ENDIAN);
        alone.put(ascii("RIFF")).putInt(alone.capacity() - 8).put(ascii("WEBP"));
        alone.put(ascii(lossless ? "VP8L" : "VP8 ")).putInt(bytes()).put(file, start, bytes());
        return alone.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
