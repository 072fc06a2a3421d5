package glimpse.engine.image.jpeg;

import java.util.Arrays;

/**
 * A component's samples before upsampling.
 *
 * @param samples {@code [rows of blocks * 8][stride]}; those beyond {@code height} and {@code width} only fill the last
 *     blocks
 * @param width samples in a row
 * @param height number of rows
 * @param stride distance between rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; filled during decoding
record JpegPlane(byte[] samples, int width, int height, int stride) {
    /** Creates a plane of medium grey, which blocks without bits decode to. */
    static JpegPlane of(JpegFrame frame, JpegFrame.Component component) {
        int stride = frame.storedBlocksAcross(component) * JpegFrame.BLOCK;
        byte[] samples = new byte[frame.storedBlocksDown(component) * JpegFrame.BLOCK * stride];
        Arrays.fill(samples, (byte) 128);
        return new JpegPlane(samples, frame.samplesAcross(component), frame.samplesDown(component), stride);
    }

    /** Returns the index of a row's first sample, with rows outside the plane clamped. */
    int row(int y) {
        return Math.clamp(y, 0, height - 1) * stride;
    }
}
