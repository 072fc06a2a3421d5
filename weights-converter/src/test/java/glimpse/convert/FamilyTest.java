package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import glimpse.engine.AttentionMap;
import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A converted model says what the library that published it says. */
class FamilyTest {
    record Family(String folder, List<String> options) {
        static Family of(String folder, String... options) {
            return new Family(folder, List.of(options));
        }

        @Override
        public String toString() {
            return folder;
        }
    }

    static Stream<Family> families() {
        return Stream.of(
                Family.of("timm-plain", "--heads", "3"),
                Family.of("timm-grey", "--heads", "5"),
                Family.of("timm-wide", "--heads", "4"),
                Family.of("timm-deit3", "--heads", "3"),
                Family.of("timm-registers", "--heads", "3"),
                Family.of("hf-deit"),
                Family.of("hf-vit"),
                Family.of("hf-vit-grey"));
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("families")
    void logitsAndAttentionAgree(Family family) throws Exception {
        agrees(family, "f32", 1e-5f, 0);
    }

    @ParameterizedTest
    @MethodSource("families")
    void logitsAgreeInHalfPrecision(Family family) throws Exception {
        agrees(family, "f16", 0, 2e-3f);
    }

    /** The bound for random models of this size: the error of a real model's logits is far smaller. */
    @ParameterizedTest
    @MethodSource("families")
    void logitsAgreeInEightBits(Family family) throws Exception {
        agrees(family, "int8", 0, 6e-2f);
    }

    private void agrees(Family family, String dtype, float absolute, float relative) throws IOException {
        Path source = Resources.path(family.folder());
        Path out = folder.resolve("model");
        List<Object> arguments = new ArrayList<>(List.of(source, "--out", out, "--dtype", dtype));
        arguments.addAll(family.options());
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.err()).isEmpty();
        try (Workers workers = Workers.of(1);
                SafetensorsFile expected = SafetensorsFile.open(source.resolve("expected.safetensors"))) {
            VisionTransformer model = VisionTransformer.load(out, workers);
            int depth = model.config().depth();
            Output output = model.newSession().forward(patches(model, expected), Capture.fullMaps(depth));
            assertClose(output.logits(0), values(expected, "logits"), absolute, relative);
            for (int layer = 0; layer < depth && absolute > 0; layer++) {
                AttentionMap map = output.attention(0, layer);
                assertClose(map.weights(), values(expected, "attention." + layer), absolute, relative);
            }
        }
    }

    /** The relative bound is of the largest value, as a value near zero has no relative error worth the name. */
    private static void assertClose(float[] actual, float[] expected, float absolute, float relative) {
        assertThat(actual).hasSameSizeAs(expected);
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(absolute + relative * largest));
        }
    }

    private static PatchSequence patches(VisionTransformer model, SafetensorsFile expected) throws IOException {
        float[] values = values(expected, "patches");
        int length = model.config().patchLength();
        return PatchSequence.of(
                length, IntStream.range(0, values.length / length).toArray(), values);
    }

    private static float[] values(SafetensorsFile file, String tensor) throws IOException {
        float[] values = new float[(int) file.tensor(tensor).elements()];
        file.read(tensor, values);
        return values;
    }
}
