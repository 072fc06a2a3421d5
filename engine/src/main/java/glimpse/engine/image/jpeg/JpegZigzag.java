package glimpse.engine.image.jpeg;

import java.util.Arrays;

/** The order in which a block's coefficients are stored (ITU-T T.81, figure A.6). */
final class JpegZigzag {
    private static final int LONGEST_RUN = 16;
    private static final int[] POSITIONS = positions();

    private JpegZigzag() {}

    /**
     * Returns the index of a coefficient in a block stored row by row.
     *
     * @param index 0..63 in zigzag order; beyond, up to 79, which damaged data can reach, it counts as the last as in
     *     libjpeg
     */
    static int position(int index) {
        return POSITIONS[index];
    }

    private static int[] positions() {
        int[] positions = new int[JpegFrame.BLOCK_SIZE + LONGEST_RUN];
        Arrays.fill(positions, JpegFrame.BLOCK_SIZE - 1);
        int index = 0;
        for (int diagonal = 0; diagonal <= 2 * (JpegFrame.BLOCK - 1); diagonal++) {
            int first = Math.max(0, diagonal - JpegFrame.BLOCK + 1);
            int last = Math.min(diagonal, JpegFrame.BLOCK - 1);
            for (int step = first; step <= last; step++) {
                int row = diagonal % 2 == 0 ? diagonal - step : step; // even diagonals go up
                positions[index++] = row * JpegFrame.BLOCK + diagonal - row;
            }
        }
        return positions;
    }
}
