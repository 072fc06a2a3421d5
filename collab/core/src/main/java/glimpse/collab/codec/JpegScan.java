package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import java.util.Arrays;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * Validates an entropy-coded scan (ITU-T T.81, annex F) without decoding it: a JPEG reader conceals what is corrupt or
 * missing, whereas a malformed message must be rejected.
 */
final class JpegScan {
    private static final int COEFFICIENTS = 64;
    private static final int END_OF_BLOCK = 0x00;

    private final byte[] scan;
    private int at;
    private int bits; // of the byte before at, not yet read
    private int current;

    private JpegScan(byte[] scan) {
        this.scan = scan;
    }

    /** Returns the fewest bits of an MCU: every block is flat and equals the one before. */
    static int minBitsOfMcu(int channels) {
        int luminance = 2 + 4;
        int chrominance = 2 + 2;
        return channels == 1 ? luminance : 4 * luminance + 2 * chrominance;
    }

    /**
     * Checks that a scan holds exactly {@code mcus} MCUs, then ones up to the end of its last byte.
     *
     * @throws MessageException if it is too short, too long or corrupt
     */
    static void check(byte[] scan, int mcus, JpegTables tables) throws MessageException {
        JpegScan reader = new JpegScan(scan);
        HuffmanCodes[] dc = codes(tables.dcCodes());
        HuffmanCodes[] ac = codes(tables.acCodes());
        for (int mcu = 0; mcu < mcus; mcu++) {
            int luminanceBlocks = tables.channels() == 1 ? 1 : 4;
            for (int block = 0; block < luminanceBlocks; block++) {
                reader.block(dc[0], ac[0]);
            }
            for (int c = 1; c < tables.channels(); c++) {
                reader.block(dc[1], ac[1]);
            }
        }
        reader.requireEnd();
    }

    private static HuffmanCodes[] codes(JPEGHuffmanTable[] tables) {
        HuffmanCodes[] codes = new HuffmanCodes[tables.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = new HuffmanCodes(tables[i]);
        }
        return codes;
    }

    private void block(HuffmanCodes dc, HuffmanCodes ac) throws MessageException {
        skip(symbol(dc)); // the symbol is the number of bits of the DC difference
        int coefficient = 1;
        while (coefficient < COEFFICIENTS) {
            int symbol = symbol(ac);
            if (symbol == END_OF_BLOCK) {
                return;
            }
            coefficient += (symbol >> 4) + 1; // a run of zeros, then one more coefficient
            if (coefficient > COEFFICIENTS) {
                throw corrupt("a block of more than " + COEFFICIENTS + " coefficients");
            }
            skip(symbol & 15);
        }
    }

    private int symbol(HuffmanCodes codes) throws MessageException {
        int code = 0;
        for (int length = 1; length <= HuffmanCodes.MAX_LENGTH; length++) {
            code = code << 1 | bit();
            int symbol = codes.symbol(length, code);
            if (symbol >= 0) {
                return symbol;
            }
        }
        throw corrupt("an unknown Huffman code");
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
        if (current == 0xff) { // byte stuffing: a zero must follow, otherwise this is a marker
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

    /** Canonical Huffman codes: the codes of one length are consecutive numbers. */
    private static final class HuffmanCodes {
        private static final int MAX_LENGTH = 16;

        private final int[] first = new int[MAX_LENGTH + 1]; // [length]: the lowest code
        private final int[] counts = new int[MAX_LENGTH + 1]; // [length]: number of codes
        private final int[] before = new int[MAX_LENGTH + 1]; // [length]: number of shorter codes
        private final short[] values; // the symbols of all codes, by ascending code

        HuffmanCodes(JPEGHuffmanTable table) {
            this.values = table.getValues();
            short[] lengths = Arrays.copyOf(table.getLengths(), MAX_LENGTH);
            int code = 0;
            for (int length = 1; length <= MAX_LENGTH; length++) {
                first[length] = code;
                counts[length] = lengths[length - 1];
                before[length] = before[length - 1] + counts[length - 1];
                code = (code + counts[length]) << 1;
            }
        }

        /** Returns the symbol of bits of this length, of which no prefix is a code; -1 if they aren't a code either. */
        int symbol(int length, int code) {
            int index = code - first[length]; // at least 0, since no prefix is a code
            return index < counts[length] ? values[before[length] + index] : -1;
        }
    }
}
