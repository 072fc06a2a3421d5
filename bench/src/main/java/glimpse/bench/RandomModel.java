package glimpse.bench;

import glimpse.convert.output.RowQuantisation;
import glimpse.convert.output.SafetensorsWriter;
import glimpse.convert.output.StoredTensor;
import glimpse.engine.PatchSequence;
import glimpse.engine.VisionTransformer;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.weights.DType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models and inputs with seeded random values: the same work as trained weights, with nothing to download. */
public final class RandomModel {
    private RandomModel() {}

    /** Returns a model with random weights. */
    public static VisionTransformer load(VitConfig config, Workers workers) {
        try {
            Path file = Files.createTempFile("glimpse-bench", ".safetensors");
            try {
                write(config, file);
                return VisionTransformer.load(file, workers);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the same model as a converted file. */
    public static void write(VitConfig config, Path file) throws IOException {
        write(config, DType.F32, file);
    }

    /**
     * Writes the same model as a converted file of another type.
     *
     * @param type F32, F16, BF16, or I8 for matrices of integers
     */
    public static void write(VitConfig config, DType type, Path file) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        config.writeTo(metadata);
        Preprocessing.imagenet(config.imageSize(), config.patchSize()).writeTo(metadata);
        List<StoredTensor> tensors = new ArrayList<>();
        for (Map.Entry<String, List<Long>> shape : config.tensorShapes().entrySet()) {
            int size = Math.toIntExact(shape.getValue().stream().reduce(1L, (a, b) -> a * b));
            float[] values = random(shape.getKey().hashCode(), size, 0.05f);
            if (shape.getKey().contains("norm") && shape.getKey().endsWith(".weight")) {
                // around 1, as in trained models; around 0, all logits would be nearly equal
                for (int i = 0; i < size; i++) {
                    values[i] += 1;
                }
            }
            StoredTensor.Elements elements =
                    (first, destination, count) -> System.arraycopy(values, (int) first, destination, 0, count);
            if (type != DType.I8) {
                tensors.add(new StoredTensor(shape.getKey(), shape.getValue(), type, elements));
            } else if (shape.getValue().size() == 2) {
                tensors.addAll(RowQuantisation.of(shape.getKey(), shape.getValue(), elements));
            } else {
                tensors.add(new StoredTensor(shape.getKey(), shape.getValue(), DType.F32, elements));
            }
        }
        SafetensorsWriter.write(file, metadata, tensors);
    }

    /** Returns the first {@code patches} patches of a random image. */
    public static PatchSequence sequence(VitConfig config, int patches, long seed) {
        return PatchSequence.of(
                config.grid(),
                config.patchLength(),
                positions(patches),
                random(seed, patches * config.patchLength(), 1f));
    }

    /** Returns the positions {@code 0..patches - 1}. */
    public static int[] positions(int patches) {
        int[] positions = new int[patches];
        Arrays.setAll(positions, i -> i);
        return positions;
    }

    /** Returns uniform values between {@code -scale} and {@code scale}. */
    public static float[] random(long seed, int count, float scale) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (2 * random.nextFloat() - 1) * scale;
        }
        return values;
    }
}
