package glimpse.evaluation.webp;

import glimpse.engine.image.ImageFormatException;

/**
 * The codes of the pixels in a part of an image (RFC 9649, section 3.7). Immutable.
 *
 * @param green of green, of the lengths of copies, and of the colour cache
 * @param distance of where copies are from
 */
record PrefixCodeGroup(PrefixCode green, PrefixCode red, PrefixCode blue, PrefixCode alpha, PrefixCode distance) {
    static final int LITERALS = 256;
    static final int LENGTHS = 24;

    private static final int DISTANCES = 40;
    private static final int REPEAT_PREVIOUS = 16;
    private static final int FIRST_PREVIOUS = 8;
    private static final int[] LENGTH_ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    private static final int[] REPEAT_BITS = {2, 3, 7};
    private static final int[] LEAST_REPEATS = {3, 3, 11};

    /** Reads the codes of a group. */
    static PrefixCodeGroup read(LosslessBits in, int cacheColours) throws ImageFormatException {
        return new PrefixCodeGroup(
                code(in, LITERALS + LENGTHS + cacheColours),
                code(in, LITERALS),
                code(in, LITERALS),
                code(in, LITERALS),
                code(in, DISTANCES));
    }

    private static PrefixCode code(LosslessBits in, int symbols) throws ImageFormatException {
        if (in.readFlag()) {
            boolean two = in.readFlag();
            int first = symbol(in, in.readFlag() ? Byte.SIZE : 1, symbols);
            return PrefixCode.of(first, two ? symbol(in, Byte.SIZE, symbols) : first);
        }
        byte[] lengths = new byte[symbols];
        readLengths(in, lengths);
        return PrefixCode.of(lengths);
    }

    private static int symbol(LosslessBits in, int bits, int symbols) throws ImageFormatException {
        int symbol = in.read(bits);
        if (symbol >= symbols) {
            throw new ImageFormatException(
                    "corrupt WebP: symbol " + symbol + " in a prefix code of " + symbols + " symbols");
        }
        return symbol;
    }

    /** Reads lengths that are coded themselves, as literals and repeats. */
    private static void readLengths(LosslessBits in, byte[] lengths) throws ImageFormatException {
        byte[] lengthsOfLengths = new byte[LENGTH_ORDER.length];
        int given = 4 + in.read(4);
        for (int i = 0; i < given; i++) {
            lengthsOfLengths[LENGTH_ORDER[i]] = (byte) in.read(3);
        }
        PrefixCode code = PrefixCode.of(lengthsOfLengths);
        int left = in.readFlag() ? 2 + in.read(2 + 2 * in.read(3)) : lengths.length;
        if (left > lengths.length) {
            throw new ImageFormatException(
                    "corrupt WebP: " + left + " lengths in a prefix code of " + lengths.length + " symbols");
        }
        byte previous = FIRST_PREVIOUS;
        int symbol = 0;
        while (symbol < lengths.length && left > 0) {
            left--;
            int length = code.read(in);
            if (length < REPEAT_PREVIOUS) {
                lengths[symbol++] = (byte) length;
                previous = length == 0 ? previous : (byte) length;
                continue;
            }
            int kind = length - REPEAT_PREVIOUS;
            int repeats = LEAST_REPEATS[kind] + in.read(REPEAT_BITS[kind]);
            if (repeats > lengths.length - symbol) {
                throw new ImageFormatException("corrupt WebP: a prefix code has more lengths than symbols");
            }
            for (int i = 0; i < repeats; i++) {
                lengths[symbol++] = kind == 0 ? previous : 0;
            }
        }
    }
}
