package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.BitCoder;
import glimpse.collab.codec.entropy.Model;

/**
 * How positions are coded, in both directions: for each place of the grid whether its patch is there, until the rest of
 * the places is known. For one use by one thread.
 */
final class PositionSyntax {
    private static final int OUTSIDE = 2;
    private static final int SHARES = 31;

    private final int grid;
    private final Model model;
    private final boolean[] present; // [grid][grid]

    PositionSyntax(int grid, Model model) {
        this.grid = grid;
        this.model = model;
        this.present = new boolean[grid * grid];
    }

    /**
     * Codes positions.
     *
     * @param positions {@code [patches]}, ascending; a decoder's are overwritten
     */
    void code(BitCoder coder, int[] positions) {
        int coded = 0;
        for (int place = 0; place < present.length && coded < positions.length; place++) {
            int patches = positions.length - coded;
            int places = present.length - place;
            boolean there = patches == places;
            if (!there) {
                see(place, patches, places);
                there = model.code(coder, positions[coded] == place ? 1 : 0, Contexts.SET_POSITION) != 0;
            }
            if (there) {
                present[place] = true;
                positions[coded] = place;
                coded++;
            }
        }
    }

    private void see(int place, int patches, int places) {
        int x = place % grid;
        int y = place / grid;
        int beside = at(x - 1, y) * 27 + at(x, y - 1) * 9 + at(x - 1, y - 1) * 3 + at(x + 1, y - 1);
        int column = Math.abs(2 * x - grid + 1) * 8 / (grid + 1);
        int row = Math.abs(2 * y - grid + 1) * 8 / (grid + 1);
        model.see(
                Contexts.POSITION_AROUND + beside,
                Contexts.POSITION_PLACE + column * 8 + row,
                Contexts.POSITION_SHARE + SHARES * patches / places);
    }

    private int at(int x, int y) {
        if (x < 0 || x == grid || y < 0) {
            return OUTSIDE;
        }
        return present[y * grid + x] ? 1 : 0;
    }
}
