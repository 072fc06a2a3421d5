package glimpse.collab.select;

import java.util.Arrays;

/**
 * Selects patches spread evenly over the image, whatever their scores: a baseline.
 *
 * @param count at least 0; all patches if there are fewer
 */
public record GridSelection(int count) implements PatchSelection {
    /** Checks that the count isn't negative. */
    public GridSelection {
        if (count < 0) {
            throw new IllegalArgumentException("count is " + count + ", expected at least 0");
        }
    }

    @Override
    public SelectedPatches select(ScoredPatches patches, String image) {
        float[] scores = patches.scores();
        int[] positions = positions(Math.min(count, scores.length), (int) Math.round(Math.sqrt(scores.length)));
        return SelectedPatches.firstOf(positions, positions.length, scores);
    }

    /** Divides the count among some rows, and each row's share among its columns. */
    private static int[] positions(int count, int side) {
        int rows = (int) Math.ceil(Math.sqrt(count));
        int[] positions = new int[count];
        int size = 0;
        for (int row = 0; row < rows; row++) {
            int columns = (row + 1) * count / rows - row * count / rows;
            for (int column = 0; column < columns; column++) {
                positions[size++] = centre(row, rows, side) * side + centre(column, columns, side);
            }
        }
        return Arrays.copyOf(positions, size);
    }

    /** Returns the middle of one of several equal parts of a side. */
    private static int centre(int part, int parts, int side) {
        return (2 * part + 1) * side / (2 * parts);
    }

    @Override
    public String spec() {
        return "grid:" + count;
    }
}
