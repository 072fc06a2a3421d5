package glimpse.engine.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Builds well-formed and malformed PNG files. */
final class PngBytes {
    private static final int SIGNATURE_BYTES = 8;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    PngBytes() {
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    }

    PngBytes header(int width, int height, int bitDepth, int colour) {
        return header(width, height, bitDepth, colour, 0);
    }

    PngBytes header(int width, int height, int bitDepth, int colour, int interlace) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bitDepth)
                .put((byte) colour)
                .put(12, (byte) interlace)
                .array();
        return chunk("IHDR", header);
    }

    PngBytes data(byte[] rows) {
        return chunk("IDAT", deflated(rows));
    }

    PngBytes chunk(String type, byte[] data) {
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        file.writeBytes(name);
        file.writeBytes(data);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
        return this;
    }

    byte[] end() {
        return chunk("IEND", new byte[0]).file.toByteArray();
    }

    static byte[] deflated(byte[] rows) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(rows);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return deflated.toByteArray();
    }

    /** Rewrites every checksum, as far as the chunks can be followed. */
    static void repairChecksums(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int at = SIGNATURE_BYTES;
        while (at <= file.length - 12) {
            int length = buffer.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                return;
            }
            CRC32 checksum = new CRC32();
            checksum.update(file, at + 4, length + 4);
            buffer.putInt(at + 8 + length, (int) checksum.getValue());
            at += length + 12;
        }
    }
}
