package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glimpse.engine.Capture;
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
    private static final float LARGEST_RELATIVE_DIFFERENCE = 1e-4f;

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
            float relative = relativeDifference(model);
            System.out.printf("%s: largest difference %.1e of the largest logit%n", model.getFileName(), relative);
            assertThat(relative).as(model.toString()).isLessThan(LARGEST_RELATIVE_DIFFERENCE);
        }
    }

    private float relativeDifference(Path source) throws IOException {
        Path out = temporary.resolve("model");
        CommandRun run = CommandRun.of(source, "--out", out);
        assertThat(run.err()).isEmpty();
        try (Workers workers = Workers.ofPhysicalCores();
                SafetensorsFile expected = SafetensorsFile.open(source.resolve("expected.safetensors"))) {
            VisionTransformer model = VisionTransformer.load(out, workers);
            int length = model.config().patchLength();
            float[] values = values(expected, "patches");
            int[] positions = IntStream.range(0, values.length / length).toArray();
            float[] logits = model.newSession()
                    .forward(PatchSequence.of(length, positions, values), Capture.none())
                    .logits(0);
            float[] exact = values(expected, "logits");
            float largest = 0;
            float difference = 0;
            for (int i = 0; i < exact.length; i++) {
                largest = Math.max(largest, Math.abs(exact[i]));
                difference = Math.max(difference, Math.abs(exact[i] - logits[i]));
            }
            return difference / largest;
        }
    }

    private static float[] values(SafetensorsFile file, String tensor) throws IOException {
        float[] values = new float[(int) file.tensor(tensor).elements()];
        file.read(tensor, values);
        return values;
    }
}
