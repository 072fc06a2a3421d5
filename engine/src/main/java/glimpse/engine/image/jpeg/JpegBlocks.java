package glimpse.engine.image.jpeg;

import java.util.Arrays;

/**
 * The coefficients of a component's blocks in some MCU rows. A block's place is used again by the block {@code rows}
 * further down.
 *
 * @param coefficients {@code [rows][across][64]}
 * @param rows rows of blocks that are kept
 * @param across blocks in a row, including those that only fill the last MCU
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; filled during decoding
record JpegBlocks(short[] coefficients, int rows, int across) {
    static JpegBlocks of(JpegFrame frame, JpegFrame.Component component, int unitRows) {
        int rows = Math.min(unitRows, frame.unitsDown()) * component.vertical();
        int across = frame.storedBlocksAcross(component);
        return new JpegBlocks(new short[rows * across * JpegFrame.BLOCK_SIZE], rows, across);
    }

    /** Returns the index of a block's first coefficient. */
    int index(int row, int column) {
        return (row % rows * across + column) * JpegFrame.BLOCK_SIZE;
    }

    /** Fills a row of blocks with zeros. */
    void clear(int row) {
        int at = index(row, 0);
        Arrays.fill(coefficients, at, at + across * JpegFrame.BLOCK_SIZE, (short) 0);
    }
}
