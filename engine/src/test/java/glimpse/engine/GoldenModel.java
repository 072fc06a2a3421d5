package glimpse.engine;

import glimpse.engine.weights.SafetensorsFile;
import glimpse.engine.weights.TensorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A golden model of the test resources; scripts/golden/make_models.py says what its two files hold. */
record GoldenModel(Path model, Map<String, float[]> expected) {
    static final String[] NAMES = {"plain", "grey", "wide", "narrow", "head64"};
    static final String[] CASES = {"all", "some", "none"};

    static GoldenModel read(String name, Path folder) throws IOException {
        Path model = copy(name + ".model.safetensors", folder);
        Map<String, float[]> expected = new TreeMap<>();
        try (SafetensorsFile file = SafetensorsFile.open(copy(name + ".golden.safetensors", folder))) {
            for (TensorInfo tensor : file.tensors().values()) {
                long size = 1;
                for (long length : tensor.shape()) {
                    size *= length;
                }
                float[] values = new float[(int) size];
                file.read(tensor.name(), values);
                expected.put(tensor.name(), values);
            }
        }
        return new GoldenModel(model, expected);
    }

    /** An expectation. */
    float[] tensor(String name) {
        return Objects.requireNonNull(expected.get(name), name);
    }

    /** A case's input. */
    PatchSequence input(String name, VitConfig config) {
        float[] positions = tensor(name + ".positions");
        int[] kept = new int[positions.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (int) positions[i];
        }
        return PatchSequence.of(config.grid(), config.patchLength(), kept, tensor(name + ".patches"));
    }

    static Stream<String> names() {
        return Stream.of(NAMES);
    }

    private static Path copy(String resource, Path folder) throws IOException {
        Path file = folder.resolve(resource);
        try (InputStream in = GoldenModel.class.getResourceAsStream("golden/" + resource)) {
            Files.copy(in, file);
        }
        return file;
    }
}
