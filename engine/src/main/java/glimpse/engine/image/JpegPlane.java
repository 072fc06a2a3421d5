package glimpse.engine.image;

import java.util.Arrays;

/**
 * A component's samples before upsampling.
 *
 * @param samples {@code [rows of blocks * 8][stride]}; rows and columns beyond {@code height} and {@code width} only fill
 *     the last blocks
 * @param width samples in a row
 * @param height number of rows
 * @param stride from one row to the next
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and written while it's decoded
record JpegPlane(byte[] samples, int width, int height, int stride) {
    /** A plane of medium grey, which is what a block without bits decodes to. */
    static JpegPlane of(JpegFrame frame, JpegFrame.Component component) {
        int stride = frame.storedBlocksAcross(component) * JpegFrame.BLOCK;
        byte[] samples = new byte[frame.storedBlocksDown(component) * JpegFrame.BLOCK * stride];
        Arrays.fill(samples, (byte) 128);
        return new JpegPlane(samples, frame.samplesAcross(component), frame.samplesDown(component), stride);
    }

    /** Where a row begins; a row beyond the first or last is that one. */
    int row(int y) {
        return Math.clamp(y, 0, height - 1) * stride;
    }
}
