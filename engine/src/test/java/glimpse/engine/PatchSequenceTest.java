package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class PatchSequenceTest {
    private final PatchSequence sequence = PatchSequence.of(3, 2, new int[] {0, 4, 8}, new float[] {1, 2, 3, 4, 5, 6});

    @Test
    void aSubsequenceKeepsPositionsValuesAndGrid() {
        PatchSequence selected = sequence.select(new int[] {0, 8});
        assertThat(selected.grid()).isEqualTo(3);
        assertThat(selected.positions()).containsExactly(0, 8);
        assertThat(selected.values()).containsExactly(1, 2, 5, 6);
    }

    @Test
    void aPositionOutsideTheGridIsRefused() {
        assertThatThrownBy(() -> PatchSequence.of(3, 1, new int[] {2, 9}, new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "positions[1] is 9, expected strictly ascending positions in 0..8, a grid of 3 x 3 patches");
    }

    @Test
    void positionsOutOfOrderAreRefused() {
        assertThatThrownBy(() -> PatchSequence.of(3, 1, new int[] {2, 2}, new float[2]))
                .hasMessageStartingWith("positions[1] is 2, expected strictly ascending positions");
        assertThatThrownBy(() -> sequence.select(new int[] {4, 0}))
                .hasMessage("kept[1] is 0, expected strictly ascending positions of this sequence");
        assertThatThrownBy(() -> sequence.select(new int[] {1}))
                .hasMessage("kept[0] is 1, expected strictly ascending positions of this sequence");
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> PatchSequence.of(0, 1, new int[0], new float[0]))
                .hasMessage("grid is 0, expected 1..32768");
        assertThatThrownBy(() -> PatchSequence.of(3, 0, new int[0], new float[0]))
                .hasMessage("patchLength is 0, expected at least 1");
        assertThatThrownBy(() -> PatchSequence.of(3, 2, new int[1], new float[3]))
                .hasMessage("values has 3 elements, expected 1 patches x 2");
    }

    @Test
    void anIndexOutOfRangeIsNamed() {
        assertThatThrownBy(() -> sequence.position(3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("index is 3, expected 0..2");
    }

    @Test
    @SuppressWarnings("NullAway") // what is tested
    void aNullArgumentIsNamed() {
        assertThatThrownBy(() -> PatchSequence.of(3, 1, null, new float[0]))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("positions");
        assertThatThrownBy(() -> PatchSequence.of(3, 1, new int[0], (float[]) null))
                .hasMessage("values");
        assertThatThrownBy(() -> sequence.select(null)).hasMessage("kept");
    }

    @Test
    void valuesAreCopiedFromABufferOutsideTheHeap() {
        FloatBuffer buffer = ByteBuffer.allocateDirect(5 * Float.BYTES).asFloatBuffer();
        buffer.put(new float[] {9, 1, 2, 3, 4}).position(1);
        PatchSequence sequence = PatchSequence.of(3, 2, new int[] {0, 4}, buffer);
        buffer.put(1, 7);
        assertThat(sequence.values()).containsExactly(1, 2, 3, 4);
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void pixelsBecomeTheValuesOfTheirLevelsChannelByChannel() {
        PatchSequence sequence = pixels();
        assertThat(sequence.values()).containsExactly(1, 3, 5, 7, -2, -4, -6, -255, 9, 11, 13, 15, -10, -12, -14, -16);
        assertThat(sequence.select(new int[] {4}).values()).containsExactly(9, 11, 13, 15, -10, -12, -14, -16);
        assertThat(sequence.select(new int[0]).values()).isEmpty();
    }

    /** Two patches of 2 x 2 pixels; the first channel's levels are their numbers, the second one's their negatives. */
    private static PatchSequence pixels() {
        byte[] pixels = {1, 2, 3, 4, 5, 6, 7, (byte) 255, 9, 10, 11, 12, 13, 14, 15, 16};
        float[] levels = new float[2 * 256];
        for (int level = 0; level < 256; level++) {
            levels[level] = level;
            levels[256 + level] = -level;
        }
        PatchSequence sequence = PatchSequence.ofPixels(3, 8, new int[] {0, 4}, ByteBuffer.wrap(pixels), levels);
        pixels[0] = 99;
        levels[1] = 99;
        return sequence;
    }

    @Test
    void pixelsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> PatchSequence.ofPixels(3, 2, new int[1], ByteBuffer.allocate(3), new float[256]))
                .hasMessage("pixels has 3 elements, expected 1 patches x 2");
        assertThatThrownBy(() -> PatchSequence.ofPixels(3, 2, new int[1], ByteBuffer.allocate(2), new float[255]))
                .hasMessage("levels has 255 elements, expected 256 for each channel of patches of 2 values");
        assertThatThrownBy(() -> PatchSequence.ofPixels(3, 2, new int[1], ByteBuffer.allocate(2), new float[3 * 256]))
                .hasMessage("levels has 768 elements, expected 256 for each channel of patches of 2 values");
    }
}
