package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.Capture;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * DeiT-Tiny stored in fewer bits, on 500 images. Its float32 predictions are PyTorch's, which another test compares
 * with the engine's image by image.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeitTinyStorageTest {
    private static final int IMAGES = 500;
    private static final int BATCH = 20;

    private record Answer(int label, int exact, int half, int eighth) {}

    private final List<Answer> answers = new ArrayList<>();

    @BeforeAll
    void classifyAllImages(@TempDir Path folder) throws IOException {
        Path source = SharedFolder.require("models/deit_tiny_patch16_224.safetensors");
        Path images = SharedFolder.require("imagenet-val");
        Map<String, int[]> reference = reference(SharedFolder.require("reference/imagenet-val-deit-tiny.csv"));
        List<Path> files;
        try (Stream<Path> all = Files.walk(images)) {
            files = all.filter(file -> file.toString().endsWith(".JPEG"))
                    .sorted()
                    .toList();
        }
        try (Workers workers = Workers.ofPhysicalCores()) {
            VisionTransformer half = converted(source, folder.resolve("half"), StoredType.F16, workers);
            VisionTransformer eighth = converted(source, folder.resolve("eighth"), StoredType.INT8, workers);
            for (int first = 0; first < files.size(); first += BATCH) {
                List<Path> batch = files.subList(first, Math.min(files.size(), first + BATCH));
                List<PatchSequence> patches =
                        batch.parallelStream().map(file -> patches(half, file)).toList();
                int[] halfTop = top1(half, patches);
                int[] eighthTop = top1(eighth, patches);
                for (int i = 0; i < batch.size(); i++) {
                    int[] labelAndTop = reference.get(batch.get(i).getFileName().toString());
                    assertThat(labelAndTop).as("%s", batch.get(i)).isNotNull();
                    answers.add(new Answer(labelAndTop[0], labelAndTop[1], halfTop[i], eighthTop[i]));
                }
            }
        }
    }

    @Test
    void halfPrecisionKeepsEveryTop1() {
        assertThat(answers)
                .hasSize(IMAGES)
                .allSatisfy(answer -> assertThat(answer.half()).isEqualTo(answer.exact()));
    }

    @Test
    void eightBitsKeepTheTop1WithinAPoint() {
        long exact = answers.stream().filter(a -> a.exact() == a.label()).count();
        long eighth = answers.stream().filter(a -> a.eighth() == a.label()).count();
        assertThat(exact).isEqualTo(353);
        assertThat(Math.abs(exact - eighth)).isLessThanOrEqualTo(IMAGES / 100);
    }

    private static VisionTransformer converted(Path source, Path out, StoredType type, Workers workers)
            throws IOException {
        assertThat(ConversionRun.of(source, out, ConversionOptions.defaults().withStoredType(type))
                        .error())
                .isEmpty();
        return VisionTransformer.load(out, workers);
    }

    private static PatchSequence patches(VisionTransformer model, Path file) {
        try {
            return Preprocessing.readFrom(model.metadata(), model.config()).apply(RgbImage.read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] top1(VisionTransformer model, List<PatchSequence> batch) {
        Output output = model.newSession().forward(batch, Capture.none());
        return IntStream.range(0, batch.size())
                .map(image -> first(output.logits(image)))
                .toArray();
    }

    private static int first(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    /** Label and f32's top-1 by file name. */
    private static Map<String, int[]> reference(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).startsWith("file,label,edge_top1,");
        Map<String, int[]> reference = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            reference.put(fields[0], new int[] {Integer.parseInt(fields[1]), Integer.parseInt(fields[2])});
        }
        return reference;
    }
}
