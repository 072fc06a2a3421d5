package glimpse.collab.codec.mosaic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MaskingTest {
    @Test
    void patchesOfEqualContrastHaveNoOffset() {
        assertThat(Masking.offsets(mosaic(3), patches(9, 9, 9))).containsExactly(0, 0, 0);
    }

    @Test
    void theMoreContrastTheLowerTheQuality() {
        int[] offsets = Masking.offsets(mosaic(4), patches(0, 5, 20, 80));
        assertThat(offsets).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
        assertThat(offsets[0]).isPositive();
        assertThat(offsets[3]).isNegative();
    }

    @Test
    void offsetsHaveALimit() {
        int[] contrasts = new int[20];
        contrasts[7] = 120;
        assertThat(Masking.offsets(mosaic(20), patches(contrasts))[7]).isEqualTo(-OffsetSyntax.MAX);
        Arrays.fill(contrasts, 120);
        contrasts[7] = 0;
        assertThat(Masking.offsets(mosaic(20), patches(contrasts))[7]).isEqualTo(OffsetSyntax.MAX);
    }

    private static Mosaic mosaic(int patches) {
        int[] positions = new int[patches];
        Arrays.setAll(positions, i -> i);
        return new Mosaic(14, 8, 1, positions);
    }

    /** Chequered patches whose pixels differ from 128 by a contrast. */
    private static byte[] patches(int... contrasts) {
        byte[] pixels = new byte[64 * contrasts.length];
        for (int i = 0; i < pixels.length; i++) {
            int sign = (i + i / 8) % 2 == 0 ? 1 : -1;
            pixels[i] = (byte) (128 + sign * contrasts[i / 64]);
        }
        return pixels;
    }
}
