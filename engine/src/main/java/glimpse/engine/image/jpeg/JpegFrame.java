package glimpse.engine.image.jpeg;

import java.util.List;

/**
 * A JPEG's frame header and the geometry derived from it (ITU-T T.81, A.1 and A.2).
 *
 * @param width pixels in a row
 * @param height number of rows
 * @param progressive whether several scans build up each block
 * @param components 1, 3 or 4, in the frame's order
 */
record JpegFrame(int width, int height, boolean progressive, List<Component> components) {
    /** Samples along a block's side. */
    static final int BLOCK = 8;

    /** Coefficients of a block, samples of a block. */
    static final int BLOCK_SIZE = BLOCK * BLOCK;

    JpegFrame {
        components = List.copyOf(components);
    }

    /**
     * A colour component.
     *
     * @param index its index in the frame
     * @param id its identifier, 0..255, by which scans name it
     * @param horizontal its sampling factor across, 1..4
     * @param vertical its sampling factor down, 1..4
     * @param quantisation the index of its quantisation table, 0..255 as stored
     */
    record Component(int index, int id, int horizontal, int vertical, int quantisation) {}

    int maxHorizontal() {
        return components.stream().mapToInt(Component::horizontal).max().orElse(1);
    }

    int maxVertical() {
        return components.stream().mapToInt(Component::vertical).max().orElse(1);
    }

    /** Returns the number of MCUs (minimum coded units) per row of an interleaved scan. */
    int unitsAcross() {
        return divideUp(width, BLOCK * maxHorizontal());
    }

    /** Returns the number of MCU rows of an interleaved scan. */
    int unitsDown() {
        return divideUp(height, BLOCK * maxVertical());
    }

    /** Returns the number of samples per row of a component. */
    int samplesAcross(Component component) {
        return divideUp(width * component.horizontal, maxHorizontal());
    }

    /** Returns the number of sample rows of a component. */
    int samplesDown(Component component) {
        return divideUp(height * component.vertical, maxVertical());
    }

    /** Returns the number of blocks across that hold a component's samples. */
    int blocksAcross(Component component) {
        return divideUp(samplesAcross(component), BLOCK);
    }

    /** Returns the number of block rows that hold a component's samples. */
    int blocksDown(Component component) {
        return divideUp(samplesDown(component), BLOCK);
    }

    /** Returns the number of blocks across, including those that only fill the last MCU. */
    int storedBlocksAcross(Component component) {
        return unitsAcross() * component.horizontal;
    }

    /** Returns the number of block rows, including those that only fill the last MCU row. */
    int storedBlocksDown(Component component) {
        return unitsDown() * component.vertical;
    }

    private static int divideUp(int value, int divisor) {
        return (value + divisor - 1) / divisor;
    }
}
