package glimpse.engine.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A PNG file's chunks (PNG, third edition, W3C 2025), checked, with what decoding needs: header, palette, and where the
 * pixel data lie.
 */
final class PngStructure {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER_BYTES = 13;

    /** Deflate's largest ratio: 258 bytes from two bits. */
    private static final int MAX_DEFLATE_RATIO = 1032;

    private final byte[] file;
    private final DecodeOptions options;
    private final List<Data> data = new ArrayList<>();
    private int width;
    private int height;
    private int bitDepth;
    private Colour colour = Colour.GREY;
    private byte[] palette = new byte[0]; // [entries][3]
    private boolean interlaced;
    private long dataBytes;
    private ExifOrientation orientation = ExifOrientation.UPRIGHT;

    private PngStructure(byte[] file, DecodeOptions options) {
        this.file = file;
        this.options = options;
    }

    /**
     * A part of the compressed pixel data.
     *
     * @param start index of its first byte in the file
     * @param length number of bytes, at least 1
     */
    record Data(int start, int length) {}

    /** PNG's colour types, with the number of samples per pixel. */
    enum Colour {
        GREY(0, 1, "1 2 4 8"),
        RGB(2, 3, "8 16"),
        PALETTE(3, 1, "1 2 4 8"),
        GREY_ALPHA(4, 2, "8 16"),
        RGB_ALPHA(6, 4, "8 16");

        private final int code;
        private final int samples;
        private final String bitDepths;

        Colour(int code, int samples, String bitDepths) {
            this.code = code;
            this.samples = samples;
            this.bitDepths = bitDepths;
        }

        int samples() {
            return samples;
        }

        static Colour of(int code, int bitDepth) throws ImageFormatException {
            for (Colour colour : values()) {
                if (colour.code == code
                        && Arrays.asList(colour.bitDepths.split(" ")).contains(Integer.toString(bitDepth))) {
                    return colour;
                }
            }
            if (code == GREY.code && bitDepth == 16) {
                throw new ImageFormatException(
                        "a 16-bit grey PNG isn't supported: the reference defines no 8-bit form of it");
            }
            throw new ImageFormatException("corrupt PNG: colour type " + code + " with " + bitDepth + " bits");
        }
    }

    static boolean matches(byte[] file) {
        return file.length >= SIGNATURE.length
                && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /** Parses a file that {@link #matches}. */
    static PngStructure parse(byte[] file, DecodeOptions options) throws ImageFormatException {
        PngStructure structure = new PngStructure(file, options);
        structure.readChunks();
        structure.requirePlausibleSize();
        return structure;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int bitDepth() {
        return bitDepth;
    }

    Colour colour() {
        return colour;
    }

    ExifOrientation orientation() {
        return orientation;
    }

    /** Returns a copy of the palette, {@code [entries][3]}; empty if there is none. */
    byte[] palette() {
        return palette.clone();
    }

    /** Returns whether the rows are stored in the seven passes of Adam7. */
    boolean interlaced() {
        return interlaced;
    }

    /** Returns the whole file, which must not be changed. */
    byte[] file() {
        return file;
    }

    /** Returns where the pixel data lie, in their order. */
    List<Data> data() {
        return List.copyOf(data);
    }

    private void readChunks() throws ImageFormatException {
        int at = SIGNATURE.length;
        boolean first = true;
        while (true) {
            if (file.length - at < 12) {
                throw truncated();
            }
            int length = ByteBuffer.wrap(file).getInt(at);
            if (length < 0) {
                throw new ImageFormatException("corrupt PNG: a chunk length above 2^31 at byte " + at);
            }
            if (length > file.length - at - 12) {
                throw truncated();
            }
            String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (first != type.equals("IHDR")) {
                throw new ImageFormatException(
                        "corrupt PNG: chunk " + type + " at byte " + at + ", expected the header first and once");
            }
            first = false;
            boolean ancillary = (file[at + 4] & 0x20) != 0;
            if (!ancillary) {
                requireChecksum(at, length, type);
                readCritical(type, at + 8, length);
            }
            if (type.equals("eXIf")) {
                orientation = ExifOrientation.read(file, at + 8, at + 8 + length);
            }
            if (type.equals("IEND")) {
                return;
            }
            at += length + 12;
        }
    }

    private void requireChecksum(int at, int length, String type) throws ImageFormatException {
        CRC32 checksum = new CRC32();
        checksum.update(file, at + 4, length + 4);
        if ((int) checksum.getValue() != ByteBuffer.wrap(file).getInt(at + 8 + length)) {
            throw new ImageFormatException("corrupt PNG: wrong checksum of chunk " + type + " at byte " + at);
        }
    }

    private void readCritical(String type, int start, int length) throws ImageFormatException {
        switch (type) {
            case "IHDR" -> readHeader(start, length);
            case "PLTE" -> {
                if (length % 3 != 0 || length > 256 * 3) {
                    throw new ImageFormatException("corrupt PNG: a palette of " + length + " bytes");
                }
                palette = Arrays.copyOfRange(file, start, start + length);
            }
            case "IDAT" -> {
                dataBytes += length;
                if (length > 0) {
                    data.add(new Data(start, length));
                }
            }
            case "IEND" -> {
                if (dataBytes == 0) {
                    throw new ImageFormatException("corrupt PNG: it ends without pixel data");
                }
            }
            default -> throw new ImageFormatException("a PNG with the unknown critical chunk " + type);
        }
    }

    private void readHeader(int start, int length) throws ImageFormatException {
        if (length != HEADER_BYTES) {
            throw new ImageFormatException("corrupt PNG: a header of " + length + " bytes, expected " + HEADER_BYTES);
        }
        ByteBuffer header = ByteBuffer.wrap(file, start, length).slice();
        options.requireSize(header.getInt(0) & 0xffffffffL, header.getInt(4) & 0xffffffffL);
        width = header.getInt(0);
        height = header.getInt(4);
        bitDepth = header.get(8);
        colour = Colour.of(header.get(9), bitDepth);
        if (header.get(10) != 0 || header.get(11) != 0 || header.get(12) < 0 || header.get(12) > 1) {
            throw new ImageFormatException("corrupt PNG: compression " + header.get(10) + ", filter " + header.get(11)
                    + ", interlace " + header.get(12) + ", expected 0, 0, and 0 or 1");
        }
        interlaced = header.get(12) == 1;
    }

    private void requirePlausibleSize() throws ImageFormatException {
        if (colour == Colour.PALETTE && palette.length == 0) {
            throw new ImageFormatException("corrupt PNG: no palette");
        }
        long rowBytes = ((long) width * colour.samples() * bitDepth + 7) / 8;
        if (rowBytes * height > dataBytes * MAX_DEFLATE_RATIO) {
            throw new ImageFormatException("corrupt PNG: declares " + width + " x " + height + " pixels, more than its "
                    + dataBytes + " bytes of pixel data can hold");
        }
    }

    private ImageFormatException truncated() {
        return new ImageFormatException("truncated PNG: it ends after " + file.length + " bytes, before its end chunk");
    }
}
