package glimpse.collab.codec.mosaic;

import java.util.Arrays;

/**
 * The patches as far as they are coded: their samples, and what contexts need to know of their blocks. Mutable; not
 * safe for use by several threads.
 */
final class Mosaic {
    /** How many patches back the nearest one is looked for. */
    private static final int WINDOW = 32;

    private final int grid;
    private final int patchSize;
    private final int channels;
    private final int[] positions;
    private final int unit; // pixels along one side
    private final int side; // of a patch in whole units
    private final byte[][] samples; // [channels][patches][side][side], 0..255
    private final int[][] means; // [channels][patches]
    private final byte[] activity; // [patches][2 side / unit][2 side / unit]; 0 for unknown
    private final int[] left; // [patches], -1 for none
    private final int[] above;
    private final int[] aboveLeft;
    private final int[] nearest; // [patches] that were coded before
    private final byte[] offsets; // [patches]

    Mosaic(int grid, int patchSize, int channels, int[] positions) {
        this.grid = grid;
        this.patchSize = patchSize;
        this.channels = channels;
        this.positions = positions;
        int patches = positions.length;
        unit = patchSize <= 4 ? 4 : patchSize <= 8 ? 8 : 16;
        side = (patchSize + unit - 1) / unit * unit;
        samples = new byte[channels][patches * side * side];
        means = new int[channels][patches];
        int cells = 2 * side / unit;
        activity = new byte[patches * cells * cells];
        left = new int[patches];
        above = new int[patches];
        aboveLeft = new int[patches];
        nearest = new int[patches];
        offsets = new byte[patches];
        for (int i = 0; i < patches; i++) {
            left[i] = find(i, -1, 0);
            above[i] = find(i, 0, -1);
            aboveLeft[i] = find(i, -1, -1);
            nearest[i] = findNearest(i);
        }
    }

    private int find(int patch, int columns, int rows) {
        int column = positions[patch] % grid + columns;
        int row = positions[patch] / grid + rows;
        return column < 0 || row < 0 ? -1 : Math.max(-1, Arrays.binarySearch(positions, 0, patch, row * grid + column));
    }

    private int findNearest(int patch) {
        int best = -1;
        int least = Integer.MAX_VALUE;
        for (int i = patch - 1; i >= Math.max(0, patch - WINDOW); i--) {
            int columns = positions[i] % grid - positions[patch] % grid;
            int rows = positions[i] / grid - positions[patch] / grid;
            int distance = columns * columns + rows * rows;
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    int grid() {
        return grid;
    }

    int[] positions() {
        return positions.clone();
    }

    int patches() {
        return positions.length;
    }

    int patchSize() {
        return patchSize;
    }

    int channels() {
        return channels;
    }

    /** Returns the pixels along one side of a unit. */
    int unit() {
        return unit;
    }

    /** Returns the pixels along one side of a patch in whole units, which is from one row of samples to the next. */
    int side() {
        return side;
    }

    /** Returns the samples of a plane, {@code [patches][side][side]}. */
    byte[] samples(int channel) {
        return samples[channel];
    }

    /** Returns the index of a sample of a patch, or of its neighbour where x or y is -1; -1 if that isn't there. */
    int index(int patch, int x, int y) {
        int of = patch;
        if (x < 0) {
            of = y < 0 ? aboveLeft[patch] : left[patch];
        } else if (y < 0) {
            of = above[patch];
        }
        return of < 0 ? -1 : (of * side + (y < 0 ? patchSize - 1 : y)) * side + (x < 0 ? patchSize - 1 : x);
    }

    /** Returns which samples beside a place of a patch are known, {@link Prediction#LEFT} and above. */
    int sides(int patch, int x, int y) {
        return (x > 0 || left[patch] >= 0 ? Prediction.LEFT : 0) | (y > 0 || above[patch] >= 0 ? Prediction.ABOVE : 0);
    }

    /** Returns the mean of the patch nearest to one that has no neighbours, or a default if it's the first. */
    int meanOfNearest(int channel, int patch, int otherwise) {
        return nearest[patch] < 0 ? otherwise : means[channel][nearest[patch]];
    }

    /** Returns the offset of the patch to the left, otherwise above, otherwise nearest; 0 for the first patch. */
    int offsetBeside(int patch) {
        int beside = left[patch] >= 0 ? left[patch] : above[patch] >= 0 ? above[patch] : nearest[patch];
        return beside < 0 ? 0 : offsets[beside];
    }

    void noteOffset(int patch, int offset) {
        offsets[patch] = (byte) offset;
    }

    /** Computes the means of a patch that is complete. */
    void finish(int patch) {
        for (int c = 0; c < channels; c++) {
            int sum = 0;
            for (int y = 0; y < patchSize; y++) {
                for (int x = 0; x < patchSize; x++) {
                    sum += samples[c][index(patch, x, y)] & 0xff;
                }
            }
            int area = patchSize * patchSize;
            means[c][patch] = (sum + area / 2) / area;
        }
    }

    /** Notes the last diagonal of a block of luma. */
    void note(int patch, Block block) {
        int half = unit / 2;
        for (int y = block.y; y < block.y + block.side; y += half) {
            for (int x = block.x; x < block.x + block.side; x += half) {
                activity[cell(patch, x, y)] = (byte) (1 + (block.last + 1) * 16 / block.side);
            }
        }
    }

    private int cell(int patch, int x, int y) {
        int half = unit / 2;
        int cells = side / half;
        return (patch * cells + y / half) * cells + x / half;
    }

    /** Returns how much there is in the blocks to the left and above: 0 for unknown, 1..5. */
    int near(int patch, int x, int y) {
        int ofLeft = activityAt(x > 0 ? patch : left[patch], x > 0 ? x - 1 : patchSize - 1, y);
        int ofAbove = activityAt(y > 0 ? patch : above[patch], x, y > 0 ? y - 1 : patchSize - 1);
        if (ofLeft == 0) {
            return level(2 * ofAbove);
        }
        return level(ofAbove == 0 ? 2 * ofLeft : ofLeft + ofAbove);
    }

    private int activityAt(int patch, int x, int y) {
        return patch < 0 ? 0 : activity[cell(patch, x, y)];
    }

    /** Returns how much there is in the luma of a unit, 1..5. */
    int within(int patch, Unit of) {
        int most = 0;
        for (Block block : of.luma()) {
            most = Math.max(most, activity[cell(patch, block.x, block.y)]);
        }
        return level(2 * most);
    }

    private static int level(int sum) {
        return sum == 0 ? 0 : sum <= 3 ? 1 : sum <= 14 ? 2 : sum <= 24 ? 3 : sum <= 36 ? 4 : 5;
    }
}
