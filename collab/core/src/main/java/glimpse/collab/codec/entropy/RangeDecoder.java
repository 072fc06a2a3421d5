package glimpse.collab.codec.entropy;

/** Decodes what {@link RangeEncoder} encodes. Reads zeros after the last byte. Not safe for use by several threads. */
public final class RangeDecoder implements BitCoder {
    private static final int WINDOW_BYTES = 4;

    private final byte[] bytes;
    private int at;
    private long window; // of the code, relative to the interval's lower end
    private long range = 0xffff_ffffL;

    /** Begins to decode. */
    public RangeDecoder(byte[] bytes) {
        this.bytes = bytes;
        for (int i = 0; i < WINDOW_BYTES; i++) {
            shift();
        }
    }

    private void shift() {
        window = window << 8 | (at < bytes.length ? bytes[at] & 0xff : 0);
        at++;
    }

    @Override
    public int code(int ignored, int probability) {
        long part = (range >>> 16) * probability;
        int bit;
        if (window < part) {
            range = part;
            bit = 1;
        } else {
            window -= part;
            range -= part;
            bit = 0;
        }
        while (range < 1 << 24) {
            shift();
            range <<= 8;
        }
        return bit;
    }

    /** Returns whether more was decoded than the bytes hold. */
    public boolean isBrokenOff() {
        return at > bytes.length + WINDOW_BYTES;
    }

    /** Returns how many bytes were needed; those after the last are zeros. */
    public int end() {
        return at;
    }
}
