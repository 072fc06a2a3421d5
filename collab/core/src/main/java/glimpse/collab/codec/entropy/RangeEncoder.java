package glimpse.collab.codec.entropy;

import java.io.ByteArrayOutputStream;

/**
 * A range encoder with carries (G. N. N. Martin, Range encoding, 1979). The bytes are the shortest that, followed by
 * zeros without end, lie in the final interval. Not safe for use by several threads.
 */
public final class RangeEncoder implements BitCoder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long low; // below 2^33: bit 32 is a carry
    private long range = 0xffff_ffffL;
    private int pending = -1; // the last byte that a carry may still change; -1 before the first
    private int pendingOnes; // bytes of 0xff after it

    /** Begins a code. */
    public RangeEncoder() {}

    @Override
    public int code(int bit, int probability) {
        long part = (range >>> 16) * probability;
        if (bit != 0) {
            range = part;
        } else {
            low += part;
            range -= part;
        }
        while (range < 1 << 24) {
            shift();
            range <<= 8;
        }
        return bit;
    }

    private void shift() {
        if (low < 0xff00_0000L || low > 0xffff_ffffL) {
            int carry = (int) (low >>> 32);
            if (pending >= 0) {
                out.write(pending + carry);
            }
            for (; pendingOnes > 0; pendingOnes--) {
                out.write(0xff + carry);
            }
            pending = (int) (low >>> 24) & 0xff;
        } else {
            pendingOnes++;
        }
        low = (low & 0xff_ffff) << 8;
    }

    /** Ends the code and returns its bytes. Nothing may be coded afterwards. */
    public byte[] finish() {
        int bytes = 0;
        long value = roundedUp(0);
        while (value > low + range - 1) {
            bytes++;
            value = roundedUp(bytes);
        }
        low = value;
        for (int i = 0; i < bytes + 1; i++) {
            shift(); // the last one writes what is pending; its own byte, a zero, is left out
        }
        return out.toByteArray();
    }

    /** Returns the lowest value from {@link #low} on with this many leading bytes and zeros after them. */
    private long roundedUp(int bytes) {
        long mask = (1L << (32 - 8 * bytes)) - 1;
        return low + mask & ~mask;
    }
}
