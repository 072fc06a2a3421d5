package glimpse.evaluation.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Decompresses a raw Snappy block as a stream. Compressors look back 64 KiB at most, and so does this, so that a page
 * of any length takes 128 KiB of memory.
 */
final class Snappy extends InputStream {
    private static final int HISTORY = 1 << 16;

    private final InputStream in;
    private final byte[] window = new byte[2 * HISTORY];
    private long left; // bytes not yet decompressed
    private int served; // bytes of the window that have been read
    private int filled; // bytes of the window that are decompressed
    private int literal; // bytes of the current literal still to come
    private int copy; // bytes of the current copy still to come
    private int distance; // how far back the copy is

    /**
     * Starts to decompress.
     *
     * @throws ParquetException if the block doesn't declare the expected length
     */
    Snappy(InputStream in, long length) throws IOException {
        this.in = in;
        long declared = 0;
        for (int shift = 0; ; shift += 7) {
            int part = next();
            declared |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                break;
            }
            if (shift >= 28) {
                throw new ParquetException("damaged Snappy data: its length has too many digits");
            }
        }
        if (declared != length) {
            throw new ParquetException(
                    "damaged Snappy data: it declares " + declared + " bytes, its page's header " + length);
        }
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        return served < filled || fill() ? window[served++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (served == filled && !fill()) {
            return -1;
        }
        int some = Math.min(length, filled - served);
        System.arraycopy(window, served, into, offset, some);
        served += some;
        return some;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = 0;
        while (skipped < bytes && (served < filled || fill())) {
            int some = (int) Math.min(bytes - skipped, filled - served);
            served += some;
            skipped += some;
        }
        return skipped;
    }

    /** Fills the window; returns false at the end. */
    private boolean fill() throws IOException {
        if (left == 0) {
            return false;
        }
        if (filled == window.length) { // and all of it is served
            System.arraycopy(window, HISTORY, window, 0, HISTORY);
            filled = HISTORY;
            served = HISTORY;
        }
        while (left > 0 && filled < window.length) {
            if (literal == 0 && copy == 0) {
                element();
            }
            int some = (int) Math.min(Math.min(literal + copy, left), window.length - filled);
            if (literal > 0) {
                if (in.readNBytes(window, filled, some) < some) {
                    throw new EOFException("the Snappy data end too early");
                }
                literal -= some;
            } else {
                for (int i = 0; i < some; i++) { // the copy may overlap itself
                    window[filled + i] = window[filled + i - distance];
                }
                copy -= some;
            }
            filled += some;
            left -= some;
        }
        return true;
    }

    /** Reads the next element's tag. */
    private void element() throws IOException {
        int tag = next();
        switch (tag & 3) {
            case 0 -> {
                int length = tag >> 2;
                literal = (length < 60 ? length : number(length - 59)) + 1;
            }
            case 1 -> {
                copy = ((tag >> 2) & 7) + 4;
                distance = ((tag >> 5) << 8) | next();
            }
            case 2 -> {
                copy = (tag >> 2) + 1;
                distance = number(2);
            }
            default -> {
                copy = (tag >> 2) + 1;
                distance = number(4);
            }
        }
        // both may have overflowed
        if (literal < 0 || (copy > 0 && (distance <= 0 || distance > Math.min(filled, HISTORY)))) {
            throw new ParquetException("damaged Snappy data: a copy from " + distance + " bytes back");
        }
        if (literal > left || copy > left) {
            throw new ParquetException("damaged Snappy data: more than the declared length");
        }
    }

    private int number(int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= next() << (8 * i);
        }
        return value;
    }

    private int next() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the Snappy data end too early");
        }
        return value;
    }
}
