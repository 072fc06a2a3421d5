package glimpse.convert.checkpoint;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import glimpse.convert.source.SourceTensor;
import glimpse.convert.source.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several files that together hold a model's tensors. */
final class ShardedSource implements TensorSource {
    private final Path index;
    private final List<TensorSource> shards;
    private final Map<String, SourceTensor> tensors = new LinkedHashMap<>();
    private final Map<String, TensorSource> shardOf = new LinkedHashMap<>();

    private ShardedSource(Path index, List<TensorSource> shards) {
        this.index = index;
        this.shards = shards;
    }

    /**
     * Opens the shards and checks them against the index.
     *
     * @param index the index file
     * @param shardByTensor the shard of each tensor, according to the index
     */
    static ShardedSource open(Path index, Map<String, Path> shardByTensor) throws IOException {
        List<TensorSource> shards = new ArrayList<>();
        boolean opened = false;
        try {
            ShardedSource source = new ShardedSource(index, shards);
            for (Path shard :
                    shardByTensor.values().stream().distinct().sorted().toList()) {
                TensorSource tensors = Checkpoint.openFile(shard);
                shards.add(tensors);
                source.add(shard, tensors, shardByTensor);
            }
            source.checkComplete(shardByTensor);
            opened = true;
            return source;
        } finally {
            if (!opened) {
                closeAll(shards);
            }
        }
    }

    private void add(Path shard, TensorSource source, Map<String, Path> shardByTensor) throws ConvertException {
        for (SourceTensor tensor : source.tensors().values()) {
            if (!shard.equals(shardByTensor.get(tensor.name()))) {
                throw new ConvertException(shard + ": tensor " + Excerpt.of(tensor.name())
                        + " is not in the shard that " + index + " names");
            }
            tensors.put(tensor.name(), tensor);
            shardOf.put(tensor.name(), source);
        }
    }

    private void checkComplete(Map<String, Path> shardByTensor) throws ConvertException {
        for (Map.Entry<String, Path> entry : shardByTensor.entrySet()) {
            if (!tensors.containsKey(entry.getKey())) {
                throw new ConvertException(
                        index + ": tensor " + Excerpt.of(entry.getKey()) + " is not in " + entry.getValue());
            }
        }
    }

    @Override
    public String name() {
        return index.toString();
    }

    @Override
    public List<Path> files() {
        return shards.stream().flatMap(shard -> shard.files().stream()).toList();
    }

    @Override
    public Map<String, SourceTensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public void read(String tensor, long firstElement, float[] destination, int offset, int count) throws IOException {
        TensorSource shard = shardOf.get(tensor);
        if (shard == null) {
            throw new ConvertException(index + ": no tensor " + Excerpt.of(tensor));
        }
        shard.read(tensor, firstElement, destination, offset, count);
    }

    @Override
    public void close() throws IOException {
        closeAll(shards);
    }

    private static void closeAll(List<TensorSource> sources) throws IOException {
        for (TensorSource source : sources) {
            source.close();
        }
    }
}
