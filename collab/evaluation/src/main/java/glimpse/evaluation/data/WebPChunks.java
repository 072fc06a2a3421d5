package glimpse.evaluation.data;

import glimpse.engine.image.ImageFormatException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The chunks of a WebP file (RFC 9649, section 2), reduced to what decoding needs. Colour profiles and other metadata
 * go: they don't change the samples, and a reader that trusts the length inside a profile allocates whatever it says.
 */
final class WebPChunks {
    private static final int FILE_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int EXTENDED_BYTES = 10;
    private static final int ANIMATION_FLAG = 0x02;
    private static final int ALPHA_FLAG = 0x10;
    private static final Set<String> KEPT = Set.of("VP8X", "VP8 ", "VP8L", "ALPH");

    private WebPChunks() {}

    /**
     * Returns the file without metadata.
     *
     * @throws ImageFormatException if a chunk is longer than the file, or the file is an animation
     */
    static byte[] essential(byte[] file) throws ImageFormatException {
        long declared = CHUNK_HEADER_BYTES + unsigned(file, 4);
        if (declared > file.length) {
            throw new ImageFormatException("truncated WebP: " + file.length + " bytes, expected " + declared);
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream(file.length);
        kept.write(file, 0, FILE_HEADER_BYTES);
        int at = FILE_HEADER_BYTES;
        while (at + CHUNK_HEADER_BYTES <= declared) {
            String kind = new String(file, at, 4, StandardCharsets.ISO_8859_1);
            long length = unsigned(file, at + 4);
            long end = at + CHUNK_HEADER_BYTES + length + (length & 1); // chunks begin at even bytes
            if (end - (length & 1) > declared) {
                throw new ImageFormatException("corrupt WebP: a chunk of " + length + " bytes at byte " + at
                        + ", expected at most " + (declared - at - CHUNK_HEADER_BYTES));
            }
            if (kind.equals("VP8X") && length < EXTENDED_BYTES) {
                throw new ImageFormatException(
                        "corrupt WebP: a VP8X chunk of " + length + " bytes, expected " + EXTENDED_BYTES);
            }
            if (KEPT.contains(kind)) {
                kept.write(file, at, (int) (Math.min(end, declared) - at));
            }
            at = (int) Math.min(end, declared);
        }
        byte[] essential = kept.toByteArray();
        boolean extended = essential.length > FILE_HEADER_BYTES + CHUNK_HEADER_BYTES && essential[15] == 'X';
        if (extended) {
            int flags = essential[FILE_HEADER_BYTES + CHUNK_HEADER_BYTES];
            if ((flags & ANIMATION_FLAG) != 0) {
                throw new ImageFormatException("an animated WebP isn't supported");
            }
            essential[FILE_HEADER_BYTES + CHUNK_HEADER_BYTES] = (byte) (flags & ALPHA_FLAG);
        }
        int length = essential.length - CHUNK_HEADER_BYTES;
        for (int i = 0; i < 4; i++) {
            essential[4 + i] = (byte) (length >> (8 * i));
        }
        return essential;
    }

    private static long unsigned(byte[] file, int at) {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value |= (file[at + i] & 0xffL) << (8 * i);
        }
        return value;
    }
}
