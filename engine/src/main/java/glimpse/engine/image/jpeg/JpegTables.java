package glimpse.engine.image.jpeg;

import glimpse.engine.image.ImageFormatException;
import java.util.Arrays;

/**
 * The tables that a JPEG's segments define for the scans that follow (ITU-T T.81, B.2.4). Methods that read a segment
 * take the index of the first byte after its length and the index after its last byte.
 */
final class JpegTables {
    private static final int PLACES = 4;
    private static final int STANDARD_PLACES = 2;
    private static final int AC_CLASS = 0x10;
    private static final int COUNTS = JpegHuffmanTable.MAX_BITS;
    private static final int MAX_SYMBOLS = 256;

    private final byte[] file;
    private final byte[][] dc = new byte[PLACES][0]; // [place] 16 counts, then symbols; empty: not defined
    private final byte[][] ac = new byte[PLACES][0];
    private final short[][] quantisation = new short[PLACES][0]; // [place][64] row by row; empty: not defined
    private int restartInterval;

    JpegTables(byte[] file) {
        this.file = file;
    }

    /** Returns the number of MCUs between restart markers, or 0. */
    int restartInterval() {
        return restartInterval;
    }

    /** Returns a table of DC differences; sequential frames without one use the standard's. */
    JpegHuffmanTable dc(int place, boolean progressive) throws ImageFormatException {
        boolean standard = !progressive && place < STANDARD_PLACES && dc[place].length == 0;
        JpegHuffmanTable table = standard ? table(JpegStandardTables.dc(place)) : huffman(dc, place, "DC");
        if (!table.fitsDc()) {
            throw new ImageFormatException(
                    "corrupt JPEG: DC Huffman table " + place + " has differences of more than 15 bits");
        }
        return table;
    }

    /** Returns a table of AC coefficients; sequential frames without one use the standard's. */
    JpegHuffmanTable ac(int place, boolean progressive) throws ImageFormatException {
        boolean standard = !progressive && place < STANDARD_PLACES && ac[place].length == 0;
        return standard ? table(JpegStandardTables.ac(place)) : huffman(ac, place, "AC");
    }

    /** Returns the step size of each coefficient, {@code [8][8]}. */
    short[] quantisation(int place) throws ImageFormatException {
        if (place >= PLACES || quantisation[place].length == 0) {
            throw new ImageFormatException("corrupt JPEG: no quantisation table " + place);
        }
        return quantisation[place];
    }

    private static JpegHuffmanTable huffman(byte[][] tables, int place, String kind) throws ImageFormatException {
        if (place >= PLACES || tables[place].length == 0) {
            throw new ImageFormatException("corrupt JPEG: no " + kind + " Huffman table " + place);
        }
        return table(tables[place]);
    }

    private static JpegHuffmanTable table(byte[] stored) throws ImageFormatException {
        int[] counts = new int[COUNTS + 1];
        for (int length = 1; length <= COUNTS; length++) {
            counts[length] = stored[length - 1] & 0xff;
        }
        return JpegHuffmanTable.of(counts, Arrays.copyOfRange(stored, COUNTS, stored.length));
    }

    void readHuffman(int start, int end) throws ImageFormatException {
        int at = start;
        while (at < end) {
            int kind = file[at] & 0xff;
            int place = kind & ~AC_CLASS;
            int symbols = 0;
            for (int i = 1; i <= COUNTS && at + i < end; i++) {
                symbols += file[at + i] & 0xff;
            }
            int next = at + 1 + COUNTS + symbols;
            if (place >= PLACES || symbols > MAX_SYMBOLS || next > end) {
                throw corrupt("Huffman", at);
            }
            ((kind & AC_CLASS) == 0 ? dc : ac)[place] = Arrays.copyOfRange(file, at + 1, next);
            at = next;
        }
    }

    void readQuantisation(int start, int end) throws ImageFormatException {
        int at = start;
        while (at < end) {
            int bytes = (file[at] & 0xff) >> 4 == 0 ? 1 : 2; // of a number
            int place = file[at] & 15;
            int next = at + 1 + bytes * JpegFrame.BLOCK_SIZE;
            if (place >= PLACES || next > end) {
                throw corrupt("quantisation", at);
            }
            short[] table = new short[JpegFrame.BLOCK_SIZE];
            for (int i = 0; i < table.length; i++) {
                int number = at + 1 + bytes * i;
                int value = file[number] & 0xff;
                if (bytes == 2) {
                    value = (value << 8) | (file[number + 1] & 0xff);
                }
                table[JpegZigzag.position(i)] = (short) value;
            }
            quantisation[place] = table;
            at = next;
        }
    }

    void readRestartInterval(int start, int end) throws ImageFormatException {
        if (end - start != 2) {
            throw new ImageFormatException("corrupt JPEG: a restart interval of " + (end - start) + " bytes at byte "
                    + start + ", expected 2");
        }
        restartInterval = ((file[start] & 0xff) << 8) | (file[start + 1] & 0xff);
    }

    private static ImageFormatException corrupt(String kind, int at) {
        return new ImageFormatException(
                "corrupt JPEG: a " + kind + " table at byte " + at + " doesn't fit its segment");
    }
}
