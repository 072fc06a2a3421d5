package glimpse.evaluation.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.fixture.TestImages;
import glimpse.engine.image.Framing;
import glimpse.engine.image.Interpolation;
import glimpse.engine.image.RgbImage;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OverlayTest {
    /** The model sees the central 8 of 10 pixels of the shorter side, as 2 x 2 patches. */
    private static final Framing FRAMING = new Framing.Center(10, 8, Interpolation.BILINEAR);

    @Test
    void patchesLieWhereTheModelSawThem() {
        PatchMap map = PatchMap.of(TestImages.random(1, 40, 20), FRAMING, 2);
        assertThat(map).isEqualTo(new PatchMap(12, 2, 16, 16, 2));
        assertThat(map.position(12, 2)).isZero();
        assertThat(map.position(19, 9)).isZero();
        assertThat(map.position(20, 9)).isEqualTo(1);
        assertThat(map.position(19, 10)).isEqualTo(2);
        assertThat(map.position(27, 17)).isEqualTo(3);
        for (int[] outside : new int[][] {{11, 5}, {28, 5}, {15, 1}, {15, 18}}) {
            assertThat(map.position(outside[0], outside[1])).isEqualTo(-1);
        }
    }

    @Test
    void aKeptPatchHasItsColoursAndOthersAreDarkAndGrey() {
        RgbImage picture = TestImages.random(2, 40, 20);
        int[] pixels = overlay(picture, 1).kept(new int[] {1});
        int kept = pixel(picture, 24, 6);
        assertThat(pixels[6 * 40 + 24]).isEqualTo(kept);
        for (int[] other : new int[][] {{15, 12}, {5, 5}, {35, 19}}) {
            int drawn = pixels[other[1] * 40 + other[0]];
            assertThat(drawn >> 16 & 0xff).isEqualTo(drawn & 0xff).isLessThanOrEqualTo(64);
        }
    }

    @Test
    void aLineSurroundsTheKeptPatches() {
        int[] pixels = overlay(TestImages.random(2, 40, 20), 1).kept(new int[] {1});
        assertThat(pixels[5 * 40 + 20]).isEqualTo(0xffffff);
        assertThat(pixels[5 * 40 + 28]).isEqualTo(0xffffff);
        assertThat(pixels[2 * 40 + 24]).isEqualTo(0xffffff);
        assertThat(pixels[10 * 40 + 24]).isEqualTo(0xffffff);
        int none = (int) Arrays.stream(overlay(TestImages.random(2, 40, 20), 1).kept(new int[0]))
                .filter(pixel -> pixel == 0xffffff)
                .count();
        assertThat(none).isZero();
    }

    @Test
    void aHigherScoreIsBrighter() {
        byte[] grey = new byte[40 * 20 * 3];
        Arrays.fill(grey, (byte) 120);
        int[] pixels = overlay(RgbImage.of(40, 20, grey), 1).heat(new float[] {0.1f, 0.2f, 0.3f, 0.4f});
        int[] middles = {6 * 40 + 15, 6 * 40 + 24, 14 * 40 + 15, 14 * 40 + 24};
        int dimmest = luma(pixels[5]);
        for (int middle : middles) {
            assertThat(luma(pixels[middle])).isGreaterThan(dimmest);
            dimmest = luma(pixels[middle]);
        }
        assertThat(luma(pixels[5])).isEqualTo(36); // outside: 0.3 of the grey
    }

    @Test
    void scoresThatAreAllZeroAreAllDark() {
        int[] pixels = overlay(TestImages.random(4, 40, 20), 1).heat(new float[4]);
        assertThat(Arrays.stream(pixels).map(OverlayTest::luma).max().orElseThrow())
                .isLessThan(140);
    }

    @Test
    void theBrightestScoreIsTheHighestAfterOneInTwenty() {
        float[] values = new float[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        assertThat(Overlay.brightest(values)).isEqualTo(189);
        assertThat(Overlay.brightest(new float[] {0.5f, 0.2f})).isEqualTo(0.5f);
    }

    @Test
    void anEnlargedOverlayRepeatsPixels() {
        RgbImage picture = TestImages.random(3, 40, 20);
        Overlay large = overlay(picture, 3);
        assertThat(large.width()).isEqualTo(120);
        assertThat(large.height()).isEqualTo(60);
        int[] pixels = large.kept(new int[] {0, 1, 2, 3});
        assertThat(pixels[30 * 120 + 60]).isEqualTo(pixel(picture, 20, 10));
        assertThat(pixels[32 * 120 + 62]).isEqualTo(pixel(picture, 20, 10));
    }

    @Test
    void aGridHoldsItsFiguresAndALegend() {
        FigureGrid grid = new FigureGrid(300, 20);
        grid.row();
        int[] red = new int[6000];
        Arrays.fill(red, 0xff0000);
        grid.add("first", red);
        grid.add("second", red);
        grid.row();
        grid.add("third", red);
        grid.line("a line");
        BufferedImage drawn = grid.draw(0.25);
        assertThat(drawn.getWidth()).isEqualTo(636);
        int reds = 0;
        boolean brightest = false;
        for (int y = 0; y < drawn.getHeight(); y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                reds += (drawn.getRGB(x, y) & 0xffffff) == 0xff0000 ? 1 : 0;
                brightest |= (drawn.getRGB(x, y) & 0xffffff) == ColourMap.rgb(1);
            }
        }
        assertThat(reds).isEqualTo(3 * 6000);
        assertThat(brightest).isTrue();
        assertThatThrownBy(() -> grid.add("too small", new int[5])).hasMessageContaining("5 pixels, expected 300 x 20");
    }

    private static Overlay overlay(RgbImage picture, int factor) {
        return new Overlay(picture, PatchMap.of(picture, FRAMING, 2), factor);
    }

    private static int pixel(RgbImage picture, int x, int y) {
        return picture.sample(x, y, 0) << 16 | picture.sample(x, y, 1) << 8 | picture.sample(x, y, 2);
    }

    private static int luma(int rgb) {
        return (int) (0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff) + 0.5);
    }
}
