package glimpse.engine.image.jpeg;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the bits of a scan's entropy-coded data (ITU-T T.81, F.2.2). At a marker the bits end; as in libjpeg, which
 * warns there, zeros follow, and {@link #exhausted} says so.
 */
final class JpegBitReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN)
            .withInvokeExactBehavior();
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int ENOUGH = 32; // bits of the longest code and its value

    private final byte[] file;
    private final int end; // of the marker that ends the scan
    private int at;
    private long bits; // the next bits, from the top; zeros after the last
    private int count; // of the bits, excluding those that will be read again
    private int marker; // reached but not yet passed, or 0
    private boolean exhausted;

    /**
     * Creates a reader.
     *
     * @param file the whole file
     * @param start the scan's first byte
     * @param end where the marker that ends the scan begins; the file must go on to its second byte
     */
    JpegBitReader(byte[] file, int start, int end) {
        this.file = file;
        this.at = start;
        this.end = end;
    }

    /** Returns whether zeros were read in place of missing bits since the last restart. */
    boolean exhausted() {
        return exhausted;
    }

    /** Returns the marker that ended the bits, or 0 if none was reached. */
    int marker() {
        return marker;
    }

    /** Returns whether the marker that ends the scan was reached. */
    boolean atEnd() {
        return at > end;
    }

    /** Skips everything up to the next marker, including one that was reached already. */
    void seekMarker() {
        bits = 0;
        count = 0;
        do {
            while (file[at] != (byte) 0xff) {
                at++;
            }
            while (file[at] == (byte) 0xff) {
                at++;
            }
            marker = file[at++] & 0xff;
        } while (marker == 0);
    }

    /** Passes the marker, so that reading continues after it. */
    void passMarker() {
        marker = 0;
    }

    /** Starts a restart interval; without bits if a marker was not passed. */
    void resume() {
        bits = 0;
        count = 0;
        if (marker == 0) {
            exhausted = false;
        }
    }

    /** Reads a code and returns its symbol. Up to 15 bits may then be read by {@link #bits} or {@link #signed}. */
    int symbol(JpegHuffmanTable table) {
        if (count < ENOUGH) {
            fill();
        }
        int code = table.lookup((int) (bits >>> (Long.SIZE - JpegHuffmanTable.LOOKUP_BITS)));
        if (code == 0) {
            code = table.longCode((int) (bits >>> (Long.SIZE - JpegHuffmanTable.MAX_BITS)));
        }
        drop(code >> 8);
        return code & 0xff;
    }

    /** Reads 1..15 bits after a code as an unsigned number. */
    int bits(int length) {
        int value = (int) (bits >>> (Long.SIZE - length));
        drop(length);
        return value;
    }

    /** Reads 1..15 bits after a code as a coefficient; see {@link #extended}. */
    int signed(int length) {
        return extended(bits(length), length);
    }

    /** Returns the coefficient that 1..15 bits encode: negative if the first is zero (ITU-T T.81, F.2.2.1). */
    static int extended(int bits, int length) {
        return bits < 1 << (length - 1) ? bits - (1 << length) + 1 : bits;
    }

    /**
     * Reads the AC coefficients of a sequential block. The loop is here so that the bits stay in registers.
     *
     * @param coefficients {@code [blocks][64]}, each block row by row
     * @param block index of the block's first coefficient
     * @return the zigzag index of the last coefficient stored, or 0
     */
    int acCoefficients(JpegHuffmanTable table, short[] coefficients, int block) {
        int last = 0;
        long next = bits;
        int left = count;
        for (int k = 1; k < JpegFrame.BLOCK_SIZE; k++) {
            int found =
                    left < ENOUGH ? 0 : table.coefficient((int) (next >>> (Long.SIZE - JpegHuffmanTable.LOOKUP_BITS)));
            if (found != 0) {
                next <<= found & 0xff;
                left -= found & 0xff;
                found >>= Byte.SIZE;
            } else {
                bits = next;
                count = left;
                found = coefficient(table);
                next = bits;
                left = count;
            }
            int zeros = (found >> 4) & 15;
            if ((found & 15) != 0) {
                k += zeros;
                last = k;
                coefficients[block + JpegZigzag.position(k)] = (short) (found >> Byte.SIZE);
            } else if (zeros == 15) {
                k += 15;
            } else {
                break;
            }
        }
        bits = next;
        count = left;
        return last;
    }

    /** Reads an AC code and its value, and returns {@code value << 8 | symbol}. */
    private int coefficient(JpegHuffmanTable table) {
        if (count < ENOUGH) {
            fill();
        }
        int found = table.coefficient((int) (bits >>> (Long.SIZE - JpegHuffmanTable.LOOKUP_BITS)));
        if (found != 0) {
            drop(found & 0xff);
            return found >> Byte.SIZE;
        }
        int symbol = symbol(table);
        int size = symbol & 15;
        return size == 0 ? symbol : (signed(size) << Byte.SIZE) | symbol;
    }

    /** Reads a bit. */
    boolean bit() {
        if (count < 1) {
            fill();
        }
        boolean set = bits < 0;
        drop(1);
        return set;
    }

    private void drop(int length) {
        bits <<= length;
        count -= length;
        if (count < 0) {
            count = 0;
            exhausted = true;
        }
    }

    private void fill() {
        if (at <= end - Long.BYTES && marker == 0) {
            long next = (long) LONGS.get(file, at);
            if (((~next - LOW_BITS) & next & HIGH_BITS) == 0) { // no byte is FF
                int taken = (Long.SIZE - 1 - count) >>> 3;
                bits |= next >>> count; // may include bits that are not counted but read again
                at += taken;
                count += taken * Byte.SIZE;
                return;
            }
        }
        fillByBytes();
    }

    private void fillByBytes() {
        while (count <= Long.SIZE - Byte.SIZE && marker == 0) {
            int value = file[at++] & 0xff;
            if (value == 0xff) {
                while (file[at] == (byte) 0xff) {
                    at++;
                }
                marker = file[at++] & 0xff;
                if (marker != 0) {
                    return;
                }
            }
            bits |= (long) value << (Long.SIZE - Byte.SIZE - count);
            count += Byte.SIZE;
        }
    }
}
