package glimpse.collab.codec.mosaic;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.codec.mosaic.Prediction.Mode;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PredictionTest {
    /** Positions 0, 1, 4 and 5 of a grid of 4; of the first three the samples are 10 (1 + index) + row. */
    private final Mosaic mosaic = new Mosaic(4, 8, 1, new int[] {0, 1, 4, 5});

    PredictionTest() {
        for (int patch = 0; patch < 3; patch++) {
            for (int i = 0; i < 64; i++) {
                mosaic.samples(0)[patch * 64 + i] = (byte) (10 * (1 + patch) + i / 8);
            }
            mosaic.finish(patch);
        }
    }

    @Test
    void thePatchesToTheLeftAndAbovePredict() {
        // above is position 1, whose last row is 27; to the left is position 4, whose rows are 30..37; the corner is 17
        assertThat(predicted(3, Mode.DOWN)).containsOnly(27);
        assertThat(predicted(3, Mode.ACROSS)[8 * 3 + 5]).isEqualTo(33);
        assertThat(predicted(3, Mode.GRADIENT)[8 * 3 + 5]).isEqualTo(27 + 33 - 17);
        assertThat(predicted(3, Mode.FLAT)).containsOnly((8 * 27 + 268 + 8) / 16);
    }

    @Test
    void onlyModesWhoseSamplesAreKnownArePossible() {
        assertThat(Arrays.stream(Mode.values()).filter(mode -> mode.isPossible(mosaic.sides(1, 0, 0))))
                .containsExactly(Mode.FLAT, Mode.ACROSS);
        assertThat(Arrays.stream(Mode.values()).filter(mode -> mode.isPossible(mosaic.sides(2, 0, 0))))
                .containsExactly(Mode.FLAT, Mode.DOWN);
        assertThat(Arrays.stream(Mode.values()).filter(mode -> mode.isPossible(mosaic.sides(0, 0, 0))))
                .containsExactly(Mode.FLAT);
    }

    @Test
    void aPatchAloneIsPredictedFromTheNearestOneAndTheFirstFromTheMiddle() {
        Mosaic apart = new Mosaic(4, 8, 1, new int[] {0, 3, 14});
        Arrays.fill(apart.samples(0), 64, 128, (byte) 77);
        apart.finish(0);
        apart.finish(1);
        assertThat(flat(apart, 0)).isEqualTo(128);
        assertThat(flat(apart, 2)).isEqualTo(77);
    }

    private static int flat(Mosaic of, int patch) {
        Prediction prediction = new Prediction(of);
        prediction.read(patch, new Block(BlockType.LUMA_8, 8));
        return prediction.flat();
    }

    private int[] predicted(int patch, Mode mode) {
        Prediction prediction = new Prediction(mosaic);
        prediction.read(patch, new Block(BlockType.LUMA_8, 8));
        int[] block = new int[64];
        prediction.predict(mode, 8, block);
        return block;
    }
}
