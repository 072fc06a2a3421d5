package glimpse.cli.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells by its end whether an image file has been written to the end. */
final class CompleteImage {
    private static final int END_BYTES = 12;
    private static final int RIFF_HEADER_BYTES = 8;
    private static final int JPEG_START = 0xffd8;
    private static final int JPEG_END = 0xffd9;
    private static final int PNG_START = 0x89504e47;
    private static final long PNG_END = 0x49454e44ae426082L; // an IEND chunk's type and checksum
    private static final int RIFF = 0x52494646;

    private CompleteImage() {}

    /** Returns whether the file ends as its format does; false if it doesn't, or has another format. */
    static boolean is(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long size = channel.size();
            if (size < 2 * END_BYTES) {
                return false;
            }
            ByteBuffer start = read(channel, 0);
            ByteBuffer end = read(channel, size - END_BYTES);
            if ((start.getShort(0) & 0xffff) == JPEG_START) {
                return (end.getShort(END_BYTES - 2) & 0xffff) == JPEG_END;
            }
            if (start.getInt(0) == PNG_START) {
                return end.getLong(END_BYTES - 8) == PNG_END;
            }
            if (start.getInt(0) == RIFF) {
                long length = start.order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffff_ffffL;
                return length + RIFF_HEADER_BYTES <= size;
            }
            return false;
        }
    }

    private static ByteBuffer read(SeekableByteChannel channel, long position) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(END_BYTES); // zeros if the file shrinks meanwhile
        channel.position(position);
        for (int got = 0; got >= 0 && bytes.hasRemaining(); ) {
            got = channel.read(bytes);
        }
        return bytes;
    }
}
