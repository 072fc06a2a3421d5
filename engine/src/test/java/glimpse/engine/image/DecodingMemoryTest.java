package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Decoding allocates the result, three bytes per pixel, and little else: not what a file makes of its samples. */
class DecodingMemoryTest {
    private static final int SIDE = 16 << 8;
    private static final long PIXELS = SIDE * SIDE;
    private static final long LITTLE = 12 << 20;

    @Test
    void progressiveJpegOfManyScans() throws ImageFormatException {
        byte[] file = progressive(1, 5, 6, 63);
        assertThat(bytesAllocatedFor(file)).isBetween(3 * PIXELS, 3 * PIXELS + LITTLE);
    }

    @Test
    void progressiveJpegThatIsSmoothed() throws ImageFormatException {
        assertThat(bytesAllocatedFor(progressive(1, 2))).isBetween(3 * PIXELS, 3 * PIXELS + LITTLE);
    }

    @Test
    void pngOfSixteenBitsAndAlpha() throws ImageFormatException {
        byte[] rows = new byte[(1 + 8 * SIDE) * SIDE];
        byte[] plain = new PngBytes().header(SIDE, SIDE, 16, 6).data(rows).end();
        byte[] interlaced = new PngBytes()
                .header(SIDE, SIDE, 16, 6, 1)
                .data(new byte[rows.length + SIDE])
                .end();
        assertThat(bytesAllocatedFor(plain)).isBetween(3 * PIXELS, 3 * PIXELS + LITTLE);
        assertThat(bytesAllocatedFor(interlaced)).isBetween(3 * PIXELS, 3 * PIXELS + LITTLE);
    }

    private static long bytesAllocatedFor(byte[] file) throws ImageFormatException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(RgbImage.decode(file).height()).isEqualTo(SIDE);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /**
     * A JPEG of three components without subsampling whose coefficients are all zero: a scan of the DC coefficients,
     * and scans of bands of AC coefficients.
     *
     * @param bands first and last coefficient of each band
     */
    private static byte[] progressive(int... bands) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        write(file, 0xff, 0xd8, 0xff, 0xdb, 0, 67, 0);
        for (int i = 0; i < 64; i++) {
            file.write(1);
        }
        write(file, 0xff, 0xc2, 0, 17, 8, SIDE >> 8, 0, SIDE >> 8, 0, 3);
        write(file, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0);
        for (int kind : new int[] {0x00, 0x10}) { // a table of one code, 0, for symbol 0
            write(file, 0xff, 0xc4, 0, 20, kind, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        int blocks = SIDE / 8 * (SIDE / 8);
        write(file, 0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0);
        file.writeBytes(new byte[3 * blocks / 8]);
        for (int band = 0; band < bands.length; band += 2) {
            for (int component = 1; component <= 3; component++) {
                write(file, 0xff, 0xda, 0, 8, 1, component, 0, bands[band], bands[band + 1], 0);
                file.writeBytes(new byte[blocks / 8]);
            }
        }
        write(file, 0xff, 0xd9);
        return file.toByteArray();
    }

    private static void write(ByteArrayOutputStream to, int... bytes) {
        for (int one : bytes) {
            to.write(one);
        }
    }
}
