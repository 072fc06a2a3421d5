package glimpse.engine.image.jpeg;

import java.util.Arrays;

/**
 * A component's samples before upsampling: those of three MCU rows, which is what an MCU row's pixels are computed
 * from. A row's place is used again by the row {@code rows} further down.
 *
 * @param samples {@code [rows][stride]}; those beyond {@code height} and {@code width} only fill the last blocks
 * @param rows number of rows that are kept, a multiple of an MCU row's
 * @param width samples in a row
 * @param height number of rows of the whole component
 * @param stride distance between rows
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; filled during decoding
record JpegPlane(byte[] samples, int rows, int width, int height, int stride) {
    private static final int UNIT_ROWS = 3;
    private static final byte MEDIUM_GREY = (byte) 128;

    static JpegPlane of(JpegFrame frame, JpegFrame.Component component) {
        int stride = frame.storedBlocksAcross(component) * JpegFrame.BLOCK;
        int rows = Math.min(UNIT_ROWS, frame.unitsDown()) * component.vertical() * JpegFrame.BLOCK;
        return new JpegPlane(
                new byte[rows * stride], rows, frame.samplesAcross(component), frame.samplesDown(component), stride);
    }

    /** Returns the index of a row's first sample, with rows outside the plane clamped. */
    int row(int y) {
        return Math.clamp(y, 0, height - 1) % rows * stride;
    }

    /** Returns the index of a block's first sample. */
    int block(int row, int column) {
        return JpegFrame.BLOCK * row % rows * stride + JpegFrame.BLOCK * column;
    }

    /** Fills a row of blocks with medium grey, which blocks without bits decode to. */
    void clear(int blockRow) {
        int at = block(blockRow, 0);
        Arrays.fill(samples, at, at + JpegFrame.BLOCK * stride, MEDIUM_GREY);
    }
}
