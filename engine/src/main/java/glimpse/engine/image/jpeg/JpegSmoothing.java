package glimpse.engine.image.jpeg;

import java.util.Arrays;
import java.util.List;

/**
 * Estimates the lowest AC coefficients of a progressive image where its scans left them out or coarse: from the DC
 * coefficients of the surrounding 5 x 5 blocks, as ITU-T T.81, K.8 suggests, with libjpeg-turbo's weights (measured
 * from its output). Not thread-safe.
 */
final class JpegSmoothing {
    private static final int SIDE = 5; // of the neighbourhood, in blocks
    private static final int ESTIMATED = 10; // coefficients in zigzag order, the DC included
    private static final int WITH_AC = 6; // those that are estimated where some AC coefficient is known
    private static final int NEVER = -1; // bit position of a coefficient that no scan codes

    /** In 256ths of a DC coefficient, where no AC coefficient is known: {@code [zigzag index][5 x 5]}. */
    private static final int[][] FROM_DC_ALONE = {
        {-2, -6, -8, -6, -2, -6, 6, 42, 6, -6, -8, 42, 152, 42, -8, -6, 6, 42, 6, -6, -2, -6, -8, -6, -2},
        {-1, -1, 0, 1, 1, -3, 13, 0, -13, 3, -3, 38, 0, -38, 3, -3, 13, 0, -13, 3, -1, -1, 0, 1, 1},
        {-1, -3, -3, -3, -1, -1, 13, 38, 13, -1, 0, 0, 0, 0, 0, 1, -13, -38, -13, 1, 1, 3, 3, 3, 1},
        {0, 0, 1, 0, 0, 0, 2, 7, 2, 0, 0, -5, -14, -5, 0, 0, 2, 7, 2, 0, 0, 0, 1, 0, 0},
        {-1, 0, 0, 0, 1, 0, 9, 0, -9, 0, 0, 0, 0, 0, 0, 0, -9, 0, 9, 0, 1, 0, 0, 0, -1},
        {0, 0, 0, 0, 0, 0, 2, -5, 2, 0, 1, 7, -14, 7, 1, 0, 2, -5, 2, 0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, 2, 0, -2, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, 1, -3, 1, 0, 0, 0, 0, 0, 0, 0, -1, 3, -1, 0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, -3, 0, 3, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, -1, -2, -1, 0, 0, 0, 0, 0, 0}
    };

    /** The same where some AC coefficient is known; the DC coefficient stays as it is. */
    private static final int[][] BESIDE_AC = {
        {},
        {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -7, 50, 0, -50, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        {0, 0, -7, 0, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, -50, 0, 0, 0, 0, 7, 0, 0},
        {0, 0, -1, 0, 0, 0, 0, 13, 0, 0, 0, 0, -24, 0, 0, 0, 0, 13, 0, 0, 0, 0, -1, 0, 0},
        {0, -1, 0, 1, 0, -1, 10, 0, -10, 1, 0, 0, 0, 0, 0, 1, -10, 0, 10, -1, 0, 1, 0, -1, 0},
        {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 13, -24, 13, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
    };

    private final int[][] bits; // [component][zigzag index], the bit position that the scans reach
    private final int[][] earlierBits; // the same before each component's last scan
    private final int lastGoodRow;
    private final int[] around = new int[SIDE * SIDE]; // DC coefficients
    private final int[] rows = new int[SIDE]; // of the blocks around
    private final int unitsDown;
    private final int[] across; // [component], in blocks
    private final int[] down; // [component], in blocks that hold samples
    private final int[] storedDown; // [component], in blocks

    private JpegSmoothing(JpegFrame frame, int[][] bits, int[][] earlierBits, int lastGoodRow) {
        List<JpegFrame.Component> components = frame.components();
        this.unitsDown = frame.unitsDown();
        this.across = components.stream().mapToInt(frame::blocksAcross).toArray();
        this.down = components.stream().mapToInt(frame::blocksDown).toArray();
        this.storedDown = components.stream().mapToInt(frame::storedBlocksDown).toArray();
        this.bits = bits;
        this.earlierBits = earlierBits;
        this.lastGoodRow = lastGoodRow;
    }

    /** Returns whether an image needs smoothing: its scans are incomplete, but every component has DC coefficients. */
    static boolean applies(JpegStructure structure) {
        return structure.frame().progressive()
                && canDivide(structure)
                && of(structure, 0).isUseful();
    }

    /**
     * Returns the smoothing for an image.
     *
     * @param lastGoodRow the last MCU row for which the last scan had bits
     */
    static JpegSmoothing of(JpegStructure structure, int lastGoodRow) {
        JpegFrame frame = structure.frame();
        int[][] bits = new int[frame.components().size()][JpegFrame.BLOCK_SIZE];
        int[][] earlierBits = new int[frame.components().size()][];
        for (int[] component : bits) {
            Arrays.fill(component, NEVER);
        }
        List<JpegScan> scans = structure.scans();
        for (int i = 0; i < scans.size(); i++) {
            JpegScan scan = scans.get(i);
            for (JpegScan.Channel channel : scan.channels()) {
                int index = channel.component().index();
                // as in libjpeg-turbo: if other scans follow, everything counts as known before the first
                earlierBits[index] = i == 0 && scans.size() > 1 ? new int[JpegFrame.BLOCK_SIZE] : bits[index].clone();
                Arrays.fill(bits[index], scan.from(), scan.to() + 1, scan.low());
            }
        }
        return new JpegSmoothing(frame, bits, earlierBits, lastGoodRow);
    }

    private boolean isUseful() {
        boolean useful = false;
        for (int[] component : bits) {
            if (component[0] == NEVER) {
                return false;
            }
            for (int k = 1; k < ESTIMATED; k++) {
                useful |= component[k] != 0;
            }
        }
        return useful;
    }

    private static boolean canDivide(JpegStructure structure) {
        for (JpegFrame.Component component : structure.frame().components()) {
            short[] quantisation = structure.quantisation(component);
            for (int k = 0; k < ESTIMATED; k++) {
                if (quantisation[JpegZigzag.position(k)] == 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Estimates a block's lowest coefficients.
     *
     * @param blocks the component's, of this MCU row and the two above and below
     * @param quantisation {@code [8][8]}
     * @param block a copy of the block, changed in place
     */
    void smooth(
            JpegFrame.Component component,
            JpegBlocks blocks,
            short[] quantisation,
            int row,
            int column,
            short[] block) {
        int[] known = (row / component.vertical() > lastGoodRow ? earlierBits : bits)[component.index()];
        boolean dcAlone = true;
        for (int k = 1; k < ESTIMATED; k++) {
            dcAlone &= known[k] == NEVER;
        }
        collect(component, blocks, row, column);
        long dcStep = quantisation[0] & 0xffff;
        for (int k = 1; k < (dcAlone ? ESTIMATED : WITH_AC); k++) {
            int position = JpegZigzag.position(k);
            if (known[k] != 0 && block[position] == 0) {
                long step = quantisation[position] & 0xffff;
                block[position] = estimate((dcAlone ? FROM_DC_ALONE : BESIDE_AC)[k], dcStep, step, known[k]);
            }
        }
        if (dcAlone) {
            block[0] = estimate(FROM_DC_ALONE[0], dcStep, dcStep, NEVER);
        }
    }

    /** Returns the weighted sum in steps of the coefficient, rounded and limited to the unknown bits. */
    private short estimate(int[] weights, long dcStep, long step, int low) {
        long sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (long) weights[i] * around[i];
        }
        sum *= dcStep;
        long size = ((step << 7) + Math.abs(sum)) / (step << 8);
        if (low > 0) {
            size = Math.min(size, (1 << low) - 1);
        }
        return (short) (sum >= 0 ? size : -size);
    }

    /** Collects the DC coefficients around a block, repeated beyond the edges. */
    private void collect(JpegFrame.Component component, JpegBlocks blocks, int row, int column) {
        int index = component.index();
        int lastColumn = across[index] - 1;
        int unitRow = row / component.vertical();
        int inUnit = row % component.vertical();
        boolean lastUnit = unitRow == unitsDown - 1;
        // as in libjpeg-turbo, other MCU rows also see block rows that only fill the last one, and whether there is a
        // second row above is counted in rows of this MCU row's height
        int lastRow = (lastUnit ? down[index] : storedDown[index]) - 1;
        int rowsOfUnit = lastUnit ? lastRow - row + inUnit + 1 : component.vertical();
        int above = Math.max(row - 1, 0);
        int farAbove = unitRow * rowsOfUnit + inUnit > 1 ? row - 2 : above;
        rows[0] = farAbove;
        rows[1] = above;
        rows[2] = row;
        rows[3] = Math.min(row + 1, lastRow);
        rows[4] = Math.min(row + 2, lastRow);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int from = blocks.index(rows[y], Math.clamp(column + x - SIDE / 2, 0, lastColumn));
                around[y * SIDE + x] = blocks.coefficients()[from];
            }
        }
    }
}
