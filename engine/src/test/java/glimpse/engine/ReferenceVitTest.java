package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference against timm, and the engine against the reference. */
class ReferenceVitTest {
    /** A few thousand roundings of 2^-24 in values of the order of 1, most of which cancel. */
    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void theReferenceEqualsTimm(String name) throws IOException {
        GoldenModel golden = GoldenModel.read(name, folder);
        ReferenceVit reference = ReferenceVit.load(golden.model());
        try (SafetensorsFile file = SafetensorsFile.open(golden.model())) {
            VitConfig config = VitConfig.readFrom(file.metadata());
            for (String input : GoldenModel.CASES) {
                double[] logits = reference.forward(golden.input(input, config));
                assertClose(logits, doubles(golden.tensor(input + ".logits")));
                for (int layer = 0; layer < config.depth(); layer++) {
                    double[] weights = flat(reference.attention().get(layer));
                    assertClose(weights, doubles(golden.tensor(input + ".attention." + layer)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("glimpse.engine.GoldenModel#names")
    void theEngineEqualsTheReferenceOnRandomPatchesAndPositions(String name) throws IOException {
        Path file = GoldenModel.read(name, folder).model();
        ReferenceVit reference = ReferenceVit.load(file);
        Random random = new Random(11);
        try (Workers workers = Workers.of(2)) {
            VisionTransformer model = VisionTransformer.load(file, workers);
            VitConfig config = model.config();
            for (int trial = 0; trial < 4; trial++) {
                PatchSequence image = somePatches(config, trial == 0 ? 1 : random.nextDouble(), random);
                compare(model, reference, image);
            }
        }
    }

    @Test
    void aVariantThatTheReferenceDoesNotCoverIsRefused() {
        VitConfig pooled = new VitConfig(
                8, 4, 3, 8, 1, 2, 16, 1, 3, true, 1e-6f, Pooling.MEAN_OF_PATCHES, Activation.GELU, false, 0, 0);
        assertThatThrownBy(() -> new ReferenceVit(pooled))
                .hasMessageStartingWith("expected a class token's classifier");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5204998778130465", "-1, -0.8427007929497149", "3, 0.9999779095030014", "9, 1"})
    void theErrorFunctionHasItsTabulatedValues(double x, double expected) {
        assertThat(ReferenceVit.erf(x)).isCloseTo(expected, within(1e-14));
    }

    private static void compare(VisionTransformer model, ReferenceVit reference, PatchSequence image) {
        VitConfig config = model.config();
        Output output = model.newSession().forward(image, Capture.allLayers());
        assertClose(doubles(output.logits(0)), reference.forward(image));
        for (int layer = 0; layer < config.depth(); layer++) {
            assertClose(
                    doubles(output.attention(0, layer).weights()),
                    flat(reference.attention().get(layer)));
        }
    }

    /** Each patch of the grid with a probability, of normally distributed values. */
    private static PatchSequence somePatches(VitConfig config, double share, Random random) {
        int[] positions = IntStream.range(0, config.patches())
                .filter(position -> random.nextDouble() < share)
                .toArray();
        float[] values = new float[positions.length * config.patchLength()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return PatchSequence.of(config.grid(), config.patchLength(), positions, values);
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE)) { // asserting every value one by one takes seconds
                assertThat(actual[i]).as("value " + i).isCloseTo(expected[i], within(TOLERANCE));
            }
        }
    }

    private static double[] flat(double[][][] maps) {
        return Arrays.stream(maps)
                .flatMap(Arrays::stream)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
