package glimpse.evaluation.webp;

import glimpse.engine.image.ImageFormatException;

/** A canonical prefix code (RFC 9649, section 3.7.2): the length of each symbol's code decides all codes. Immutable. */
final class PrefixCode {
    static final int MAX_LENGTH = 15;

    private static final int LOOKUP_BITS = 8;
    private static final int LENGTH_BITS = 4;
    private static final int[] NO_LENGTHS = {};
    private static final char[] NO_LOOKUP = {};

    // empty for up to two symbols, but for the symbols
    private final int[] firstCode; // [length]
    private final int[] firstIndex; // [length], of that code's symbol
    private final short[] symbols; // by length, then ascending
    private final char[] lookup; // [next bits] symbol << 4 | length, 0 if longer

    private PrefixCode(int[] firstCode, int[] firstIndex, short[] symbols, char[] lookup) {
        this.firstCode = firstCode;
        this.firstIndex = firstIndex;
        this.symbols = symbols;
        this.lookup = lookup;
    }

    /** Returns the code of one symbol, which takes no bits, or of two. */
    static PrefixCode of(int symbol, int other) {
        short[] symbols = symbol == other
                ? new short[] {(short) symbol}
                : new short[] {(short) Math.min(symbol, other), (short) Math.max(symbol, other)};
        return new PrefixCode(NO_LENGTHS, NO_LENGTHS, symbols, NO_LOOKUP);
    }

    /**
     * Creates a code.
     *
     * @param lengths the length of each symbol's code, 0..15; 0 for symbols that don't occur
     * @throws ImageFormatException if the lengths aren't those of a complete code, in which every sequence of bits
     *     means something
     */
    static PrefixCode of(byte[] lengths) throws ImageFormatException {
        int[] counts = new int[MAX_LENGTH + 1];
        for (byte length : lengths) {
            counts[length]++;
        }
        int used = lengths.length - counts[0];
        if (used == 0) {
            throw new ImageFormatException("corrupt WebP: a prefix code without symbols");
        }
        counts[0] = 0;
        int[] firstCode = new int[MAX_LENGTH + 2];
        int[] firstIndex = new int[MAX_LENGTH + 2];
        for (int length = 1; length <= MAX_LENGTH; length++) {
            firstCode[length + 1] = (firstCode[length] + counts[length]) << 1;
            firstIndex[length + 1] = firstIndex[length] + counts[length];
        }
        // a single symbol takes no bits, whatever its length says
        if (used > 1 && firstCode[MAX_LENGTH + 1] != 1 << (MAX_LENGTH + 1)) {
            throw new ImageFormatException("corrupt WebP: a prefix code that is incomplete or has too many symbols");
        }
        short[] symbols = new short[used];
        int[] next = firstIndex.clone();
        for (int symbol = 0; symbol < lengths.length; symbol++) {
            if (lengths[symbol] > 0) {
                symbols[next[lengths[symbol]]++] = (short) symbol;
            }
        }
        return used <= 2
                ? of(symbols[0], symbols[used - 1])
                : new PrefixCode(firstCode, firstIndex, symbols, lookup(firstCode, firstIndex, symbols));
    }

    private static char[] lookup(int[] firstCode, int[] firstIndex, short[] symbols) {
        char[] lookup = new char[1 << LOOKUP_BITS];
        for (int length = 1; length <= LOOKUP_BITS; length++) {
            for (int i = firstIndex[length]; i < firstIndex[length + 1]; i++) {
                int code = firstCode[length] + i - firstIndex[length];
                // a code's first bit is the lowest of the next bits
                int reversed = Integer.reverse(code) >>> (Integer.SIZE - length);
                for (int bits = reversed; bits < lookup.length; bits += 1 << length) {
                    lookup[bits] = (char) ((symbols[i] << LENGTH_BITS) | length);
                }
            }
        }
        return lookup;
    }

    /** Reads a symbol. */
    int read(LosslessBits in) throws ImageFormatException {
        if (symbols.length == 1) {
            return symbols[0];
        }
        if (symbols.length == 2) {
            return symbols[in.read(1)];
        }
        int known = lookup[in.peek(LOOKUP_BITS)];
        if (known != 0) {
            in.skip(known & ((1 << LENGTH_BITS) - 1));
            return known >> LENGTH_BITS;
        }
        return readLong(in);
    }

    private int readLong(LosslessBits in) throws ImageFormatException {
        int bits = Integer.reverse(in.peek(MAX_LENGTH)) >>> (Integer.SIZE - MAX_LENGTH);
        int length = LOOKUP_BITS + 1;
        while (true) { // every sequence of bits begins with a code
            int index = firstIndex[length] + (bits >> (MAX_LENGTH - length)) - firstCode[length];
            if (index < firstIndex[length + 1]) {
                in.skip(length);
                return symbols[index];
            }
            length++;
        }
    }
}
