package glimpse.collab.codec.mosaic;

import java.util.Arrays;

/** A block's place, and what is coded of it. Mutable; not safe for use by several threads. */
final class Block {
    /** From one row of levels to the next: more than a block's side, so that levels can be read past its edge. */
    static final int STRIDE = 19;

    /** The length of an array of levels. */
    static final int SIZE = STRIDE * STRIDE;

    /** The levels of a block that has none. */
    static final int[] NO_LEVELS = new int[SIZE];

    final BlockType type;
    final int side;

    /** {@code [kept][kept]} of vertical and horizontal frequency, rows {@link #STRIDE} apart. */
    final int[] levels = new int[SIZE];

    Prediction.Mode mode = Prediction.Mode.FLAT;

    /** The last diagonal that has a level, or -1. */
    int last = -1;

    /** The block's first column and row in its patch. */
    int x;

    int y;

    Block(BlockType type, int side) {
        this.type = type;
        this.side = side;
    }

    int kept() {
        return type.kept(side);
    }

    /** Moves to a place of a patch, without levels. */
    void begin(int column, int row) {
        x = column;
        y = row;
        Arrays.fill(levels, 0);
        mode = Prediction.Mode.FLAT;
        last = -1;
    }
}
