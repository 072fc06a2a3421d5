package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {
    @ParameterizedTest
    @MethodSource("resizes")
    void equalsPillow(String source, String filter, String target) {
        int[] from = size(source);
        int[] to = size(target);
        RgbImage image = GoldenImages.rgb("resize/" + source + ".rgb", from[0], from[1]);

        RgbImage resized =
                Resampler.resize(image, to[0], to[1], Interpolation.valueOf(filter.toUpperCase(Locale.ROOT)));

        assertThat(resized.width()).isEqualTo(to[0]);
        assertThat(resized.height()).isEqualTo(to[1]);
        assertThat(resized.samples())
                .isEqualTo(GoldenImages.bytes("resize/" + source + "." + filter + "." + target + ".rgb"));
    }

    static Stream<Object[]> resizes() {
        return GoldenImages.index("resize").map(row -> row);
    }

    private static int[] size(String name) {
        String[] sides = name.split("-", -1)[0].split("x", -1);
        return new int[] {Integer.parseInt(sides[0]), Integer.parseInt(sides[1])};
    }

    @ParameterizedTest
    @EnumSource
    void aPartEqualsTheSamePartOfTheWhole(Interpolation interpolation) {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            RgbImage image = randomImage(random, 1 + random.nextInt(40), 1 + random.nextInt(40));
            // every fourth time an axis keeps its length
            int width = round % 4 == 0 ? image.width() : 1 + random.nextInt(40);
            int height = round % 4 == 1 ? image.height() : 1 + random.nextInt(40);
            int left = random.nextInt(width);
            int top = random.nextInt(height);
            Region part = new Region(left, top, 1 + random.nextInt(width - left), 1 + random.nextInt(height - top));

            RgbImage cut = Resampler.resize(image, width, height, part, interpolation);

            RgbImage whole = Resampler.resize(image, width, height, interpolation);
            assertThat(cut.samples())
                    .as("%s of %d x %d", part, width, height)
                    .isEqualTo(PixelBlock.of(whole).image(part).samples());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneColourStaysAsItIs(Interpolation interpolation) {
        byte[] samples = new byte[19 * 7 * 3];
        java.util.Arrays.fill(samples, (byte) 201);

        RgbImage resized = Resampler.resize(RgbImage.of(19, 7, samples), 8, 31, interpolation);

        assertThat(resized.samples()).containsOnly(201);
    }

    @Test
    void anEmptyTargetIsRefused() {
        RgbImage image = randomImage(new Random(4), 3, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resampler.resize(image, 0, 3, Interpolation.BICUBIC))
                .withMessageStartingWith("the size is 0 x 3");
    }

    private static RgbImage randomImage(Random random, int width, int height) {
        byte[] samples = new byte[width * height * 3];
        random.nextBytes(samples);
        return RgbImage.of(width, height, samples);
    }
}
