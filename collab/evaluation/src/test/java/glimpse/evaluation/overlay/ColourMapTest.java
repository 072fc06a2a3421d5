package glimpse.evaluation.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColourMapTest {
    @Test
    void equalStepsAreEqualStepsOfLightness() {
        double first = lightness(ColourMap.rgb(0));
        double last = lightness(ColourMap.rgb(1));
        assertThat(last - first).isGreaterThan(0.7);
        for (int i = 0; i <= 100; i++) {
            assertThat(lightness(ColourMap.rgb(i / 100.0))).isCloseTo(first + (last - first) * i / 100, within(0.006));
        }
    }

    @Test
    void neighbouringColoursAreNearAndDistantOnesAreNot() {
        for (int i = 0; i < 100; i++) {
            assertThat(distance(ColourMap.rgb(i / 100.0), ColourMap.rgb((i + 1) / 100.0)))
                    .isBetween(1.0, 18.0);
        }
        assertThat(distance(ColourMap.rgb(0.2), ColourMap.rgb(0.8))).isGreaterThan(100);
    }

    @Test
    void valuesOutOfRangeAreClamped() {
        assertThat(ColourMap.rgb(-3)).isEqualTo(ColourMap.rgb(0));
        assertThat(ColourMap.rgb(7)).isEqualTo(ColourMap.rgb(1));
        assertThat(ColourMap.rgb(Double.NaN)).isEqualTo(ColourMap.rgb(0));
    }

    /** Returns Oklab's L by the definition's direct conversion, from sRGB to Oklab. */
    private static double lightness(int rgb) {
        double r = decoded(rgb >> 16 & 0xff);
        double g = decoded(rgb >> 8 & 0xff);
        double b = decoded(rgb & 0xff);
        double l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
    }

    private static double decoded(int value) {
        double v = value / 255.0;
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double distance(int a, int b) {
        double sum = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            sum += Math.pow((a >> shift & 0xff) - (b >> shift & 0xff), 2);
        }
        return Math.sqrt(sum);
    }
}
