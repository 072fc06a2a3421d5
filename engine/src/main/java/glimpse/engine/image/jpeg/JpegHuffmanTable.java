package glimpse.engine.image.jpeg;

import glimpse.engine.image.ImageFormatException;
import java.util.Arrays;

/** A Huffman table in the form that decoding needs (ITU-T T.81, C.2 and F.2.2.3). Immutable. */
final class JpegHuffmanTable {
    /** The longest code that a single lookup decodes, in bits. */
    static final int LOOKUP_BITS = 10;

    /** The longest code, in bits. */
    static final int MAX_BITS = 16;

    /** A table without codes, in place of one that a scan doesn't use. */
    static final JpegHuffmanTable EMPTY = new JpegHuffmanTable(new int[MAX_BITS + 1], new byte[0]);

    private static final int NO_CODE = -1;

    private final byte[] symbols; // in the order of their codes
    private final short[] lookup = new short[1 << LOOKUP_BITS]; // length << 8 | symbol; 0: the code is longer
    private final int[] coefficients =
            new int[1 << LOOKUP_BITS]; // value << 16 | symbol << 8 | length of both; 0: longer
    private final int[] lastCode = new int[MAX_BITS + 1]; // [length], NO_CODE: there is none of this length
    private final int[] symbolOffset = new int[MAX_BITS + 1]; // [length]: added to a code, gives its index in symbols

    private JpegHuffmanTable(int[] counts, byte[] symbols) {
        this.symbols = symbols;
        Arrays.fill(lastCode, NO_CODE);
        int code = 0;
        int next = 0;
        for (int length = 1; length <= MAX_BITS; length++) {
            symbolOffset[length] = next - code;
            for (int i = 0; i < counts[length]; i++, code++, next++) {
                if (length <= LOOKUP_BITS) {
                    int spare = LOOKUP_BITS - length;
                    Arrays.fill(lookup, code << spare, (code + 1) << spare, (short)
                            ((length << 8) | (symbols[next] & 0xff)));
                }
            }
            if (counts[length] > 0) {
                lastCode[length] = code - 1;
            }
            code <<= 1;
        }
        for (int bits = 0; bits < coefficients.length; bits++) {
            coefficients[bits] = coefficient(bits, lookup[bits]);
        }
    }

    private static int coefficient(int nextBits, int code) {
        int size = code & 15;
        int left = LOOKUP_BITS - (code >> 8) - size;
        if (code == 0 || left < 0) {
            return 0;
        }
        int bits = (nextBits >> left) & ((1 << size) - 1);
        int value = size == 0 ? 0 : JpegBitReader.extended(bits, size);
        return (value << 16) | ((code & 0xff) << 8) | ((code >> 8) + size);
    }

    /**
     * Creates a table.
     *
     * @param counts {@code [17]}: the number of codes of each length, 1..16
     * @param symbols one per code
     * @throws ImageFormatException if the codes of a length don't fit its bits; a code of all ones isn't allowed
     */
    static JpegHuffmanTable of(int[] counts, byte[] symbols) throws ImageFormatException {
        int free = 1;
        for (int length = 1; length <= MAX_BITS; length++) {
            free = 2 * free - counts[length];
            if (free < 1) {
                throw new ImageFormatException(
                        "corrupt JPEG: a Huffman table has too many codes of " + length + " bits");
            }
        }
        return new JpegHuffmanTable(counts, symbols);
    }

    /** Returns whether every symbol is the size of a DC difference, 0..15 bits. */
    boolean fitsDc() {
        for (byte symbol : symbols) {
            if ((symbol & 0xff) > 15) {
                return false;
            }
        }
        return true;
    }

    /** Returns the code at the start of the next bits as {@code length << 8 | symbol}, or 0 if it is longer. */
    int lookup(int nextBits) {
        return lookup[nextBits];
    }

    /**
     * Returns the AC code and value at the start of the next bits as {@code value << 16 | symbol << 8 | total length},
     * or 0 if they are longer.
     */
    int coefficient(int nextBits) {
        return coefficients[nextBits];
    }

    /**
     * Decodes a code that {@link #lookup} doesn't know.
     *
     * @param nextBits the next 16 bits
     * @return {@code length << 8 | symbol}; bits that are no code count as symbol 0 of 17 bits, as in libjpeg
     */
    int longCode(int nextBits) {
        for (int length = LOOKUP_BITS + 1; length <= MAX_BITS; length++) {
            int code = nextBits >>> (MAX_BITS - length);
            if (code <= lastCode[length]) {
                return (length << 8) | (symbols[code + symbolOffset[length]] & 0xff);
            }
        }
        return (MAX_BITS + 1) << 8;
    }
}
