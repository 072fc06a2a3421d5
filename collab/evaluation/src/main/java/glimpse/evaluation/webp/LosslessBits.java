package glimpse.evaluation.webp;

import glimpse.engine.image.ImageFormatException;

/** Reads the bits of a lossless image, each byte's least significant bit first. Not thread-safe. */
final class LosslessBits {
    private final byte[] file;
    private final int end;
    private int at;
    private long bits; // the next ones, the first in bit 0; zeros after the end
    private int count;
    private long left;

    /**
     * Creates a reader.
     *
     * @param start index of the first byte
     * @param end index after the last byte
     */
    LosslessBits(byte[] file, int start, int end) {
        this.file = file;
        this.at = start;
        this.end = end;
        this.left = (long) Byte.SIZE * (end - start);
    }

    /** Returns the next bits, at most 32, without consuming them; zeros after the end. */
    int peek(int size) {
        while (count < size) {
            if (at < end) {
                bits |= (file[at++] & 0xffL) << count;
            }
            count += Byte.SIZE;
        }
        return (int) (bits & ((1L << size) - 1));
    }

    /** Consumes bits that have been peeked at. */
    void skip(int size) throws ImageFormatException {
        left -= size;
        if (left < 0) {
            throw new ImageFormatException("corrupt WebP: the pixel data ends early");
        }
        bits >>>= size;
        count -= size;
    }

    /** Returns the next bits, at most 32, and consumes them. */
    int read(int size) throws ImageFormatException {
        int value = peek(size);
        skip(size);
        return value;
    }

    boolean readFlag() throws ImageFormatException {
        return read(1) == 1;
    }
}
