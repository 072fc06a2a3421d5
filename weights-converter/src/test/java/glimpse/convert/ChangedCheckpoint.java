package glimpse.convert;

import glimpse.convert.output.SafetensorsWriter;
import glimpse.convert.output.StoredTensor;
import glimpse.engine.weights.DType;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changed copies of committed checkpoints. */
final class ChangedCheckpoint {
    private ChangedCheckpoint() {}

    /** Renames tensors; one with an empty name is left out. */
    static Path renamed(Path source, Path target, UnaryOperator<String> renaming) throws IOException {
        return changed(source, target, renaming, Map.of());
    }

    /** Changes shapes of some tensors, which keep at most their number of elements. */
    static Path reshaped(Path source, Path target, Map<String, List<Long>> shapes) throws IOException {
        return changed(source, target, UnaryOperator.identity(), shapes);
    }

    private static Path changed(
            Path source, Path target, UnaryOperator<String> renaming, Map<String, List<Long>> shapes)
            throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(source)) {
            List<StoredTensor> tensors = new ArrayList<>();
            file.tensors().forEach((name, info) -> {
                StoredTensor.Elements elements =
                        (first, destination, count) -> file.read(name, first, destination, 0, count);
                String newName = renaming.apply(name);
                if (!newName.isEmpty()) {
                    List<Long> shape = shapes.getOrDefault(name, info.shape());
                    tensors.add(new StoredTensor(newName, shape, DType.F32, elements));
                }
            });
            SafetensorsWriter.write(target, Map.of(), tensors);
        }
        return target;
    }
}
