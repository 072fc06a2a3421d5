package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full-size models that scripts/golden/make_full_size.py made, if the environment says where they are. */
class FullSizeTest {
    private static final String FOLDER = "GLIMPSE_FULL_SIZE";
    private static final float LARGEST_RELATIVE_DIFFERENCE = 1e-5f;
    private static final float LARGEST_ATTENTION_DIFFERENCE = 1e-5f;

    /**
     * How far a model's outputs are from its library's.
     *
     * @param answer largest difference of a logit or feature, relative to the largest
     * @param attention largest difference of a weight of the row that selections read
     */
    private record Difference(float answer, float attention) {}

    @TempDir
    Path temporary;

    @Test
    void fullSizeModelsAgree() throws IOException {
        String folder = System.getenv(FOLDER);
        assumeTrue(folder != null, "skipped: " + FOLDER + " is not set");
        List<Path> models;
        try (Stream<Path> files = Files.list(Path.of(folder == null ? "" : folder))) {
            models = files.filter(Files::isDirectory).sorted().toList();
        }
        assertThat(models).isNotEmpty();
        for (Path model : models) {
            Difference difference = difference(model);
            System.out.printf(
                    "%s: answers differ by %.1e of the largest, attention by %.1e%n",
                    model.getFileName(), difference.answer(), difference.attention());
            assertThat(difference.answer()).as("%s", model).isLessThan(LARGEST_RELATIVE_DIFFERENCE);
            assertThat(difference.attention()).as("%s", model).isLessThan(LARGEST_ATTENTION_DIFFERENCE);
        }
    }

    private Difference difference(Path source) throws IOException {
        Path out = temporary.resolve("model");
        ConversionRun run = ConversionRun.of(source, out, ConversionOptions.defaults());
        assertThat(run.error()).isEmpty();
        try (Workers workers = Workers.ofPhysicalCores();
                SafetensorsFile expected = SafetensorsFile.open(source.resolve("expected.safetensors"))) {
            VisionTransformer model = VisionTransformer.load(out, workers);
            int length = model.config().patchLength();
            float[] values = values(expected, "patches");
            int[] positions = IntStream.range(0, values.length / length).toArray();
            Output output = model.newSession()
                    .forward(PatchSequence.of(model.config().grid(), length, positions, values), Capture.readoutRow());
            boolean encoder = expected.tensors().containsKey("features");
            float[] answer = encoder ? output.features(0) : output.logits(0);
            float[] exact = values(expected, encoder ? "features" : "logits");
            float largest = largestDifference(exact, new float[exact.length]);
            float[] attention = output.attention(0).getLast().weights();
            return new Difference(
                    largestDifference(answer, exact) / largest,
                    largestDifference(attention, values(expected, "attention")));
        }
    }

    private static float largestDifference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        float largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        }
        return largest;
    }

    private static float[] values(SafetensorsFile file, String tensor) throws IOException {
        float[] values = new float[(int) file.tensor(tensor).elements()];
        file.read(tensor, values);
        return values;
    }
}
