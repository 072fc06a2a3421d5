package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * Walks through an entropy-coded scan (ITU-T T.81, annex F) without decoding it: a JPEG reader fills in what is corrupt
 * or missing, and a message that doesn't hold what it says must be refused instead.
 */
final class JpegScan {
    private static final int COEFFICIENTS = 64;
    private static final int END_OF_BLOCK = 0x00;
    private static final int SIXTEEN_ZEROS = 0xf0;
    private static final int MOST_DC_BITS = 11;

    private final byte[] scan;
    private int at;
    private int bits; // not yet read of the byte before at
    private int current;

    private JpegScan(byte[] scan) {
        this.scan = scan;
    }

    /** The fewest bits that a unit takes: every block flat and like the one before. */
    static int leastBitsOfUnit(int channels) {
        int luminance = 2 + 4;
        int chrominance = 2 + 2;
        return channels == 1 ? luminance : 4 * luminance + 2 * chrominance;
    }

    /**
     * Checks that a scan holds exactly so many units, and after them ones up to the end of the last byte.
     *
     * @throws MessageException if it breaks off, goes on, or says what no encoder says
     */
    static void check(byte[] scan, int units, JpegTables tables) throws MessageException {
        JpegScan walk = new JpegScan(scan);
        Codes[] dc = codes(tables.dcCodes());
        Codes[] ac = codes(tables.acCodes());
        for (int unit = 0; unit < units; unit++) {
            int luminanceBlocks = tables.channels() == 1 ? 1 : 4;
            for (int block = 0; block < luminanceBlocks; block++) {
                walk.block(dc[0], ac[0]);
            }
            for (int c = 1; c < tables.channels(); c++) {
                walk.block(dc[1], ac[1]);
            }
        }
        walk.requireEnd();
    }

    private static Codes[] codes(JPEGHuffmanTable[] tables) {
        Codes[] codes = new Codes[tables.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = new Codes(tables[i]);
        }
        return codes;
    }

    private void block(Codes dc, Codes ac) throws MessageException {
        int size = symbol(dc);
        if (size > MOST_DC_BITS) {
            throw corrupt("a DC difference of " + size + " bits");
        }
        skip(size);
        int coefficient = 1;
        while (coefficient < COEFFICIENTS) {
            int symbol = symbol(ac);
            if (symbol == END_OF_BLOCK) {
                return;
            }
            coefficient += symbol == SIXTEEN_ZEROS ? 16 : (symbol >> 4) + 1;
            if (coefficient > COEFFICIENTS) {
                throw corrupt("a block of more than " + COEFFICIENTS + " coefficients");
            }
            skip(symbol & 15);
        }
    }

    private int symbol(Codes codes) throws MessageException {
        int code = 0;
        for (int length = 1; length <= Codes.LONGEST; length++) {
            code = code << 1 | bit();
            int symbol = codes.symbol(length, code);
            if (symbol >= 0) {
                return symbol;
            }
        }
        throw corrupt("a code that isn't one");
    }

    private void skip(int count) throws MessageException {
        for (int i = 0; i < count; i++) {
            bit();
        }
    }

    private int bit() throws MessageException {
        if (bits == 0) {
            nextByte();
        }
        bits--;
        return current >> bits & 1;
    }

    private void nextByte() throws MessageException {
        if (at == scan.length) {
            throw new MessageException(Rule.PAYLOAD, "the JPEG breaks off after " + scan.length + " bytes");
        }
        current = scan[at++] & 0xff;
        bits = 8;
        if (current == 0xff) { // a zero follows, so that it isn't taken for a marker
            if (at == scan.length || scan[at] != 0) {
                throw corrupt("a marker");
            }
            at++;
        }
    }

    private void requireEnd() throws MessageException {
        int padding = (1 << bits) - 1;
        if ((current & padding) != padding) {
            throw corrupt("padding that isn't ones");
        }
        if (at < scan.length) {
            throw new MessageException(Rule.PAYLOAD, (scan.length - at) + " bytes follow the JPEG's last block");
        }
    }

    private MessageException corrupt(String what) {
        return new MessageException(Rule.PAYLOAD, "the JPEG is corrupt: " + what + " before byte " + at);
    }

    /** Canonical Huffman codes: those of a length are consecutive numbers. */
    private static final class Codes {
        private static final int LONGEST = 16;

        private final int[] first = new int[LONGEST + 1]; // [length]: the lowest code
        private final int[] counts = new int[LONGEST + 1]; // [length]: how many there are
        private final int[] before = new int[LONGEST + 1]; // [length]: how many are shorter
        private final short[] values; // of all codes, ascending

        Codes(JPEGHuffmanTable table) {
            this.values = table.getValues();
            short[] lengths = table.getLengths();
            int code = 0;
            for (int length = 1; length <= LONGEST; length++) {
                first[length] = code;
                counts[length] = length <= lengths.length ? lengths[length - 1] : 0;
                before[length] = before[length - 1] + counts[length - 1];
                code = (code + counts[length]) << 1;
            }
        }

        /** What a code of this length stands for; -1 if there is no such code. */
        int symbol(int length, int code) {
            int index = code - first[length];
            return index < 0 || index >= counts[length] ? -1 : values[before[length] + index];
        }
    }
}
