package glimpse.convert.checkpoint;

import glimpse.convert.source.SourceTensor;
import glimpse.convert.source.TensorSource;
import glimpse.engine.weights.DType;
import glimpse.engine.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One safetensors file. */
final class SafetensorsSource implements TensorSource {
    private final Path path;
    private final SafetensorsFile file;
    private final Map<String, SourceTensor> tensors;

    private SafetensorsSource(Path path, SafetensorsFile file) {
        this.path = path;
        this.file = file;
        Map<String, SourceTensor> found = new LinkedHashMap<>();
        file.tensors()
                .forEach((name, info) ->
                        found.put(name, new SourceTensor(name, info.dtype().name(), info.shape())));
        this.tensors = Collections.unmodifiableMap(found);
    }

    /** Maps and checks a file. */
    static SafetensorsSource open(Path path) throws IOException {
        return new SafetensorsSource(path, SafetensorsFile.open(path));
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public List<Path> files() {
        return List.of(path);
    }

    @Override
    public Map<String, SourceTensor> tensors() {
        return tensors;
    }

    @Override
    public void read(String tensor, long firstElement, float[] destination, int offset, int count) throws IOException {
        if (file.tensor(tensor).dtype() != DType.F64) {
            file.read(tensor, firstElement, destination, offset, count);
            return;
        }
        byte[] bytes = new byte[Math.multiplyExact(count, Double.BYTES)];
        file.readBytes(tensor, firstElement * Double.BYTES, bytes, 0, bytes.length);
        ByteBuffer doubles = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            destination[offset + i] = (float) doubles.getDouble(i * Double.BYTES);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
