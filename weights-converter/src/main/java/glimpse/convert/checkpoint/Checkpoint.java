package glimpse.convert.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import glimpse.convert.source.JsonFile;
import glimpse.convert.source.TensorSource;
import glimpse.convert.source.torch.TorchSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A checkpoint in any form that it is published in: a safetensors file, a PyTorch zip, an index of shards, or a folder
 * with one of them as on the Hugging Face hub. The form of a file is recognised by its content, not its name.
 *
 * @param tensors its tensors
 * @param folder where its configuration may be
 */
public record Checkpoint(TensorSource tensors, Path folder) implements AutoCloseable {
    /** The names that checkpoints usually have on a hub, the best first. */
    public static final List<String> USUAL_NAMES = List.of(
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json");
    /** The longest index of shards that is read. */
    public static final long LARGEST_INDEX_BYTES = 4 << 20; // of a model with 100,000 tensors

    private static final int ZIP_MAGIC = 'P' << 24 | 'K' << 16 | 3 << 8 | 4;
    private static final int PICKLE_MAGIC = 0x80;

    private static final int MAX_SHARDS = 1 << 10;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}");

    /**
     * Opens a checkpoint.
     *
     * @throws ConvertException if there is none, or it is broken
     */
    public static Checkpoint open(Path source) throws IOException {
        if (!Files.exists(source)) {
            throw new NoSuchFileException(source + ": no such file");
        }
        Path file = Files.isDirectory(source) ? inFolder(source) : source;
        Path folder = file.toAbsolutePath().getParent();
        TensorSource tensors = file.getFileName().toString().endsWith(".index.json") ? openIndex(file) : openFile(file);
        return new Checkpoint(tensors, folder == null ? file.toAbsolutePath() : folder);
    }

    private static Path inFolder(Path folder) throws ConvertException {
        for (String name : USUAL_NAMES) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return folder.resolve(name);
            }
        }
        throw new ConvertException(folder + ": a folder without any of " + String.join(", ", USUAL_NAMES));
    }

    /** Opens a file that isn't an index, and checks its tensors against {@link TensorLimits}. */
    static TensorSource openFile(Path file) throws IOException {
        TensorSource source = recognised(file);
        boolean good = false;
        try {
            TensorLimits.require(source);
            good = true;
            return source;
        } finally {
            if (!good) {
                source.close();
            }
        }
    }

    private static TensorSource recognised(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ConvertException(file + ": " + (Files.exists(file) ? "not a file" : "no such file"));
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(Integer.BYTES);
        }
        if (start.length == Integer.BYTES && magic(start) == ZIP_MAGIC) {
            return TorchSource.open(file);
        }
        if (start.length > 1 && (start[0] & 0xFF) == PICKLE_MAGIC && start[1] <= 5 && start[1] >= 2) {
            throw new ConvertException(file + ": PyTorch's format before version 1.6 is not supported;"
                    + " load it with torch.load and save it with torch.save");
        }
        return SafetensorsSource.open(file);
    }

    private static int magic(byte[] bytes) {
        return bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
    }

    private static TensorSource openIndex(Path index) throws IOException {
        if (Files.size(index) > LARGEST_INDEX_BYTES) {
            throw new ConvertException(
                    index + ": " + Files.size(index) + " bytes, expected an index of at most " + LARGEST_INDEX_BYTES);
        }
        Map<String, Path> shards = shards(index, JsonFile.read(index).path("weight_map"));
        if (shards.isEmpty()) {
            throw new ConvertException(index + ": has no weight_map, expected the shard of each tensor");
        }
        return ShardedSource.open(index, shards);
    }

    /** Returns the shard of each tensor: files in the index's folder. */
    private static Map<String, Path> shards(Path index, JsonNode map) throws ConvertException {
        Map<String, Path> files = new HashMap<>(); // by name, as most tensors share one
        Map<String, Path> shards = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            JsonNode shard = entry.getValue();
            if (!shard.isTextual() || !PLAIN_NAME.matcher(shard.textValue()).matches()) {
                throw new ConvertException(index + ": the shard of tensor " + Excerpt.quoted(entry.getKey()) + " is "
                        + Excerpt.of(shard) + ", expected a plain file name");
            }
            shards.put(entry.getKey(), files.computeIfAbsent(shard.textValue(), index::resolveSibling));
            if (files.size() > MAX_SHARDS) {
                throw new ConvertException(index + ": more than " + MAX_SHARDS + " shards");
            }
        }
        return shards;
    }

    @Override
    public void close() throws IOException {
        tensors.close();
    }
}
