package glimpse.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import glimpse.collab.node.ModelInput;
import glimpse.engine.PatchSequence;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.Preprocessing;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffHeapPixelsTest {
    private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(32, 8);
    private static final PixelPatches PATCHES = patches();

    private static PixelPatches patches() {
        byte[] pixels = new byte[3 * 8 * 8 * 3];
        new Random(1).nextBytes(pixels);
        return PixelPatches.of(8, 3, new int[] {0, 7, 15}, pixels);
    }

    @Test
    void theModelGetsTheSameValuesAsFromTheHeap() {
        ModelInput inHeap = ModelInput.of(PATCHES, PREPROCESSING);
        ModelInput outside = OffHeapPixels.of(inHeap);
        assertThat(outside).isInstanceOf(OffHeapPixels.class);
        PatchSequence sequence = outside.sequence();
        outside.release();
        assertThat(outside.patches()).isEqualTo(3);
        assertThat(sequence.positions()).containsExactly(0, 7, 15);
        assertThat(sequence.values()).containsExactly(inHeap.sequence().values());
    }

    @Test
    void releasedPatchesAreNeverReadAgain() {
        ModelInput outside = new OffHeapPixels(PATCHES, PREPROCESSING);
        outside.release();
        outside.release();
        assertThatIllegalStateException().isThrownBy(outside::sequence);
    }

    @Test
    void patchesThatCameNormalisedStayAsTheyAre() {
        ModelInput normalised = ModelInput.of(PREPROCESSING.normalise(PATCHES));
        assertThat(OffHeapPixels.of(normalised)).isSameAs(normalised);
    }
}
