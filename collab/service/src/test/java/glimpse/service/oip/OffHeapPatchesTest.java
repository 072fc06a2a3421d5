package glimpse.service.oip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import glimpse.engine.PatchSequence;
import glimpse.engine.VitConfig;
import org.junit.jupiter.api.Test;

class OffHeapPatchesTest {
    private static final VitConfig CONFIG = new VitConfig(4, 2, 1, 8, 1, 1, 8, 1, 2, true, 1e-6f);
    private static final float[] VALUES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}; // [4][4]

    @Test
    void theModelGetsAllPatchesInOrder() {
        OffHeapPatches patches = new OffHeapPatches(CONFIG, VALUES);
        PatchSequence sequence = patches.sequence();
        patches.release();
        assertThat(patches.patches()).isEqualTo(4);
        assertThat(sequence.positions()).containsExactly(0, 1, 2, 3);
        assertThat(sequence.values()).containsExactly(VALUES);
    }

    @Test
    void releasedPatchesAreNeverReadAgain() {
        OffHeapPatches patches = new OffHeapPatches(CONFIG, VALUES);
        patches.release();
        patches.release();
        assertThatIllegalStateException().isThrownBy(patches::sequence);
    }
}
