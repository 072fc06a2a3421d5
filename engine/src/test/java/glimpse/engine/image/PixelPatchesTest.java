package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PixelPatchesTest {
    private static final PixelPatches FOUR = PixelPatches.of(1, 3, new int[] {2, 3, 5, 9}, ascending(12));

    @Test
    void cuttingGoesRowByRow() {
        PixelPatches patches = PixelPatches.cut(RgbImage.of(4, 2, ascending(24)), 2, 3);

        assertThat(patches.patches()).isEqualTo(2);
        assertThat(patches.positions()).containsExactly(0, 1);
        assertThat(patches.patchBytes()).isEqualTo(12);
        assertThat(patches.pixels())
                .containsExactly(0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17, 6, 7, 8, 9, 10, 11, 18, 19, 20, 21, 22, 23);
    }

    @Test
    void oneChannelIsTheFirst() {
        PixelPatches patches = PixelPatches.cut(RgbImage.of(2, 2, ascending(12)), 1, 1);

        assertThat(patches.pixels()).containsExactly(0, 3, 6, 9);
    }

    @Test
    void selectingKeepsPositionsAndPixels() {
        PixelPatches selected = FOUR.select(new int[] {3, 9});

        assertThat(selected.positions()).containsExactly(3, 9);
        assertThat(selected.pixels()).containsExactly(3, 4, 5, 9, 10, 11);
    }

    @Test
    void nothingCanBeSelected() {
        assertThat(FOUR.select(new int[0]).patches()).isZero();
    }

    @Test
    void selectingWhatIsNotHereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FOUR.select(new int[] {2, 4}))
                .withMessage("kept[1] is 4, expected strictly ascending positions of these patches");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FOUR.select(new int[] {3, 3}))
                .withMessage("kept[1] is 3, expected strictly ascending positions of these patches");
    }

    @Test
    void patchesAtOtherPositionsAreMergedByPosition() {
        PixelPatches none = FOUR.select(new int[0]);

        PixelPatches merged = FOUR.select(new int[] {3, 9}).and(FOUR.select(new int[] {2, 5}));

        assertThat(merged.positions()).isEqualTo(FOUR.positions());
        assertThat(merged.pixels()).isEqualTo(FOUR.pixels());
        assertThat(FOUR.and(none).pixels()).isEqualTo(FOUR.pixels());
        assertThat(none.and(FOUR).pixels()).isEqualTo(FOUR.pixels());
    }

    @Test
    void patchesThatShareAPositionOrAreOfAnotherKindAreNotMerged() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FOUR.and(FOUR.select(new int[] {5})))
                .withMessage("both have a patch at position 5, expected other positions");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FOUR.and(PixelPatches.of(1, 1, new int[0], new byte[0])))
                .withMessage("the others are patches of 1 pixels and 1 channels, expected 1 and 3");
    }

    @Test
    void arraysAreCopied() {
        int[] positions = {1};
        byte[] pixels = {7};
        PixelPatches patches = PixelPatches.of(1, 1, positions, pixels);

        positions[0] = 8;
        pixels[0] = 8;
        patches.positions()[0] = 9;
        patches.pixels()[0] = 9;

        assertThat(patches.position(0)).isEqualTo(1);
        assertThat(patches.pixels()).containsExactly(7);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PixelPatches.of(2, 3, new int[] {0}, new byte[11]))
                .withMessage("pixels has 11 bytes, expected 1 patches x 2 x 2 x 3 channels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PixelPatches.of(1, 1, new int[] {1, 1}, new byte[2]))
                .withMessage("positions[1] is 1, expected strictly ascending from 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PixelPatches.of(0, 1, new int[0], new byte[0]))
                .withMessage("patchSize is 0, expected 1..1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PixelPatches.of(1, 2, new int[0], new byte[0]))
                .withMessage("channels is 2, expected 1 or 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PixelPatches.cut(RgbImage.of(3, 2, ascending(18)), 2, 3))
                .withMessage("the image is 3 x 2 pixels, expected multiples of the patch size 2");
    }

    private static byte[] ascending(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
