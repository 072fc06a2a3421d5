package glimpse.evaluation.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Decodes small numbers in Parquet's hybrid of runs and packed bits. */
final class RunLengths {
    private static final int MAX_WIDTH = 32;

    private RunLengths() {}

    /**
     * Reads numbers.
     *
     * @param width bits of each number
     */
    static int[] read(InputStream in, int width, int count) throws IOException {
        if (width > MAX_WIDTH) {
            throw new ParquetException("a page has numbers of " + width + " bits, expected at most " + MAX_WIDTH);
        }
        int[] numbers = new int[count];
        int at = 0;
        while (at < count) {
            long header = varint(in);
            long runLength = header >>> 1;
            if (runLength == 0) {
                throw new ParquetException("a page has an empty run");
            }
            if ((header & 1) == 0) {
                int value = (int) number(in, (width + 7) / 8);
                int end = (int) Math.min(count, at + runLength);
                while (at < end) {
                    numbers[at++] = value;
                }
            } else {
                at = packed(in, width, numbers, at, runLength * 8);
            }
        }
        return numbers;
    }

    private static int packed(InputStream in, int width, int[] numbers, int from, long length) throws IOException {
        int end = (int) Math.min(numbers.length, from + length);
        long bits = 0;
        int available = 0;
        for (int at = from; at < end; at++) {
            while (available < width) {
                bits |= (long) next(in) << available;
                available += 8;
            }
            numbers[at] = (int) (bits & ((1L << width) - 1));
            bits >>>= width;
            available -= width;
        }
        return end;
    }

    private static long varint(InputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int part = next(in);
            value |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new ParquetException("a page has a run without length");
    }

    private static long number(InputStream in, int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next(in) << (8 * i);
        }
        return value;
    }

    private static int next(InputStream in) throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("a page ends too early");
        }
        return value;
    }
}
