package glimpse.collab.select;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GridSelectionTest {
    private static int[] positions(int count, int side) {
        return PatchSelection.parse("grid:" + count)
                .select(new float[side * side], "")
                .positions();
    }

    @Test
    void fewPatchesAreSpreadOverTheImage() {
        assertThat(positions(1, 3)).containsExactly(4); // the middle of 3 x 3
        assertThat(positions(4, 4)).containsExactly(5, 7, 13, 15);
        assertThat(positions(0, 4)).isEmpty();
    }

    @Test
    void everyCountIsThatManyDifferentPatches() {
        for (int side : new int[] {1, 2, 7, 14}) {
            for (int count = 0; count <= side * side; count++) {
                assertThat(positions(count, side)).hasSize(count).doesNotHaveDuplicates();
            }
        }
        assertThat(positions(100, 3)).hasSize(9);
    }
}
