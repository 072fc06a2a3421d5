package glimpse.collab.codec.mosaic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.codec.entropy.Model;
import glimpse.collab.codec.entropy.RangeEncoder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codecs 2 to 100 as MESSAGE.md specifies them. */
class MosaicCodecTest {
    @ParameterizedTest
    @CsvSource({
        "14, 16, 3, 1",
        "14, 16, 3, 40",
        "14, 16, 1, 196",
        "7, 4, 1, 20",
        "7, 4, 3, 20",
        "28, 8, 3, 60",
        "16, 14, 3, 33",
        "7, 32, 3, 9",
        "9, 1, 3, 30",
        "9, 2, 1, 30",
        "9, 3, 3, 30",
        "8, 5, 3, 17",
        "8, 7, 1, 17",
        "5, 17, 3, 6",
        "3, 40, 3, 4",
        "255, 1, 1, 700",
        "2, 130, 1, 2"
    })
    void aDecoderRestoresWhatTheEncoderHas(int grid, int patchSize, int channels, int count) throws Exception {
        for (int quality : new int[] {1, 25, 50, 75, 99}) {
            int[] positions = positions(new Random(quality), grid, count);
            byte[] pixels = pixels(quality, grid, patchSize, channels, positions);
            assertRestored(new MosaicCodec(grid, patchSize, channels, quality), positions, pixels);
        }
    }

    @Test
    void anyNumberOfPatchesIsRestored() throws Exception {
        MosaicCodec codec = new MosaicCodec(14, 8, 1, 40);
        for (int count = 1; count <= 196; count++) {
            int[] positions = positions(new Random(count), 14, count);
            assertRestored(codec, positions, pixels(count, 14, 8, 1, positions));
        }
    }

    @Test
    void everySubsetOfASmallGridIsRestored() throws Exception {
        for (int set = 1; set < 1 << 9; set++) {
            int bits = set;
            int[] positions = IntStream.range(0, 9)
                    .filter(position -> (bits >> position & 1) == 1)
                    .toArray();
            assertRestored(new MosaicCodec(3, 8, 3, 60), positions, pixels(1, 3, 8, 3, positions));
        }
    }

    @Test
    void noiseIsRestoredAtTheHighestQuality() throws Exception {
        MosaicCodec codec = new MosaicCodec(14, 16, 1, 99);
        int[] positions = positions(new Random(5), 14, 30);
        byte[] noise = new byte[30 * 256];
        new Random(6).nextBytes(noise);
        assertRestored(codec, positions, noise);
        assertThat(meanError(noise, codec.decode(30, codec.encode(positions, noise))))
                .isLessThan(2);
    }

    @Test
    void higherQualityTakesMoreBytesAndIsCloser() throws Exception {
        int[] positions = positions(new Random(1), 14, 50);
        byte[] pixels = pixels(1, 14, 16, 3, positions);
        int bytes = 0;
        double error = 255;
        for (int quality = 5; quality <= 95; quality += 15) {
            MosaicCodec codec = new MosaicCodec(14, 16, 3, quality);
            byte[] code = codec.encode(positions, pixels);
            double closer = meanError(pixels, codec.decode(50, code));
            assertThat(code.length).isGreaterThan(bytes);
            assertThat(closer).isLessThan(error);
            bytes = code.length;
            error = closer;
        }
    }

    /** Neighbours in the image predict one another, so they take fewer bytes than the same patches far apart. */
    @Test
    void neighboursPredictOneAnother() {
        int[] block = {60, 61, 62, 74, 75, 76, 88, 89, 90};
        int[] scattered = {0, 4, 8, 56, 60, 64, 112, 116, 120};
        byte[] pixels = pixels(4, 14, 16, 3, block);
        MosaicCodec codec = new MosaicCodec(14, 16, 3, 60);
        assertThat(codec.encode(block, pixels)).hasSizeLessThan(codec.encode(scattered, pixels).length);
    }

    @Test
    void positionsTakeFewerBytesThanABitmap() {
        int[] block = {60, 61, 62, 63, 74, 75, 76, 77, 88, 89, 90, 91, 102, 103, 104, 105};
        RangeEncoder encoder = new RangeEncoder();
        new PositionSyntax(14, new Model(StandardPriors.PRIORS)).code(encoder, block);
        assertThat(encoder.finish()).hasSizeLessThan(14);
    }

    @Test
    void positionsAreReadWithoutThePixels() throws Exception {
        for (int count : new int[] {1, 2, 30, 98, 195, 196}) {
            int[] positions = positions(new Random(count), 14, count);
            MosaicCodec codec = new MosaicCodec(14, 4, 1, 30);
            byte[] code = codec.encode(positions, pixels(count, 14, 4, 1, positions));
            assertThat(codec.positions(count, code)).isEqualTo(positions);
        }
    }

    @Test
    void aFlatPatchTakesTheFewestBytesThatAreAllowed() throws Exception {
        MosaicCodec codec = new MosaicCodec(14, 16, 3, 30);
        int[] all = IntStream.range(0, 196).toArray();
        byte[] grey = new byte[196 * 768];
        Arrays.fill(grey, (byte) 128);
        byte[] code = codec.encode(all, grey);
        assertThat(code).hasSize(147);
        assertThat(codec.decode(196, code)).isEqualTo(grey);
        code[146] = 1;
        assertThatThrownBy(() -> codec.decode(196, code)).hasMessageEndingWith(" bytes follow the code's end");
    }

    @Test
    void bytesAfterTheEndAreRejected() {
        MosaicCodec codec = new MosaicCodec(14, 16, 3, 50);
        int[] positions = positions(new Random(2), 14, 8);
        byte[] code = codec.encode(positions, pixels(2, 14, 16, 3, positions));
        byte[] longer = Arrays.copyOf(code, code.length + 5);
        assertThatThrownBy(() -> codec.decode(8, longer))
                .isInstanceOf(MosaicException.class)
                .hasMessageEndingWith(" bytes follow the code's end");
    }

    @Test
    void aCodeCutByMoreThanItsLastBytesIsRejected() throws Exception {
        MosaicCodec codec = new MosaicCodec(14, 16, 3, 50);
        int[] positions = positions(new Random(2), 14, 8);
        byte[] code = codec.encode(positions, pixels(2, 14, 16, 3, positions));
        int rejected = 0;
        for (int length = 0; length < code.length; length++) {
            byte[] cut = Arrays.copyOf(code, length);
            try {
                assertThat(codec.decode(8, cut)).hasSize(8 * 768);
            } catch (MosaicException e) {
                assertThat(e).hasMessageContaining("the code breaks off within ");
                rejected++;
            }
        }
        assertThat(rejected).isGreaterThan(code.length * 9 / 10);
        assertThatThrownBy(() -> codec.positions(98, new byte[3]))
                .hasMessage("the code breaks off within the positions");
    }

    @Test
    void damagedCodesGiveAnErrorOrPatches() {
        Random random = new Random(7);
        int rejected = 0;
        for (int trial = 0; trial < 500; trial++) {
            MosaicCodec codec = new MosaicCodec(
                    1 + random.nextInt(20), 1 + random.nextInt(20), trial % 2 == 0 ? 1 : 3, 1 + random.nextInt(99));
            int count = 1 + random.nextInt(Math.min(40, codec.grid() * codec.grid()));
            byte[] code = new byte[random.nextInt(300)];
            if (trial % 3 > 0) {
                random.nextBytes(code);
            }
            if (trial % 3 == 1) {
                Arrays.fill(code, (byte) -1);
            }
            try {
                assertThat(codec.decode(count, code))
                        .hasSize(count * codec.patchSize() * codec.patchSize() * codec.channels());
            } catch (MosaicException e) {
                rejected++;
            }
        }
        assertThat(rejected).isGreaterThan(300);
    }

    @Test
    void valuesOutOfRangeAreRejected() {
        assertThatThrownBy(() -> new MosaicCodec(14, 16, 3, 100)).hasMessage("the quality is 100, expected 1..99");
        assertThatThrownBy(() -> new MosaicCodec(14, 16, 3, 0)).hasMessage("the quality is 0, expected 1..99");
        assertThatThrownBy(() -> new MosaicCodec(14, 16, 2, 50)).hasMessage("the channels are 2, expected 1 or 3");
        assertThatThrownBy(() -> new MosaicCodec(256, 16, 3, 50)).hasMessage("the grid is 256, expected 1..255");
        assertThatThrownBy(() -> new MosaicCodec(14, 1025, 3, 50))
                .hasMessage("the patch size is 1025, expected 1..1024");
    }

    private static void assertRestored(MosaicCodec codec, int[] positions, byte[] pixels) throws Exception {
        Mosaic mosaic = new Mosaic(codec.grid(), codec.patchSize(), codec.channels(), positions);
        byte[] encoded = new MosaicEncoder(mosaic, codec.quality(), new Model(StandardPriors.PRIORS)).encode(pixels);
        byte[] code = Arrays.copyOf(encoded, (int) Math.max(encoded.length, MosaicCodec.minBytes(pixels.length)));
        assertThat(codec.decode(positions.length, code)).isEqualTo(Colours.pixels(mosaic));
        assertThat(codec.positions(positions.length, code)).isEqualTo(positions);
    }

    static int[] positions(Random random, int grid, int count) {
        return random.ints(0, grid * grid).distinct().limit(count).sorted().toArray();
    }

    /** Patches of a seeded picture of smooth shapes, edges and a little noise. */
    static byte[] pixels(long seed, int grid, int patchSize, int channels, int[] positions) {
        Random random = new Random(seed);
        double[] phases = random.doubles(9, 0, 6).toArray();
        byte[] pixels = new byte[positions.length * patchSize * patchSize * channels];
        int at = 0;
        double side = grid * patchSize;
        for (int position : positions) {
            for (int i = 0; i < patchSize * patchSize; i++) {
                double x = (position % grid * patchSize + i % patchSize) / side;
                double y = (position / grid * patchSize + i / patchSize) / side;
                for (int c = 0; c < channels; c++) {
                    double wave = Math.sin(phases[c] + 9 * x) + Math.cos(phases[3 + c] + 17 * y * x);
                    double edge = Math.sin(40 * (x + 2 * y) + phases[6]) > 0.5 ? 30 : 0;
                    at = put(pixels, at, 120 + 40 * wave + edge + 3 * random.nextGaussian());
                }
            }
        }
        return pixels;
    }

    private static int put(byte[] pixels, int at, double value) {
        pixels[at] = (byte) (int) Math.clamp(value, 0, 255);
        return at + 1;
    }

    private static double meanError(byte[] a, byte[] b) {
        long sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
        }
        return (double) sum / a.length;
    }
}
