package glimpse.convert.source.torch;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import glimpse.convert.source.SourceTensor;
import glimpse.convert.source.TensorSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PyTorch checkpoint in zip form ({@code .pth}, {@code .pt}, {@code .bin}; PyTorch 1.6 and newer). */
public final class TorchSource implements TensorSource {
    /** Keys under which training scripts store the state dictionary, in the order of preference. */
    private static final List<String> NESTS = List.of("state_dict", "model", "model_state_dict", "module");

    private static final int DEEPEST_NEST = 3;
    /** Views may share a storage, but a file whose tensors have many times its size is hostile. */
    private static final long LARGEST_EXPANSION = 8;

    private final Path path;
    private final TorchArchive archive;
    private final Map<String, PickleValue.View> views;
    private final Map<String, SourceTensor> tensors;
    private byte[] buffer = new byte[0];

    private TorchSource(
            Path path, TorchArchive archive, Map<String, PickleValue.View> views, Map<String, SourceTensor> tensors) {
        this.path = path;
        this.archive = archive;
        this.views = views;
        this.tensors = tensors;
    }

    /**
     * Opens a checkpoint and reads its pickle.
     *
     * @throws ConvertException if it holds anything but a state dictionary of tensors
     */
    public static TorchSource open(Path path) throws IOException {
        TorchArchive archive = TorchArchive.open(path);
        boolean opened = false;
        try {
            Map<String, PickleValue.View> views = views(path, PickleReader.read(path.toString(), archive.pickle()));
            Map<String, SourceTensor> tensors = new LinkedHashMap<>();
            long bytes = 0;
            for (Map.Entry<String, PickleValue.View> entry : views.entrySet()) {
                PickleValue.Storage storage = entry.getValue().storage();
                checkStorage(path, archive, storage);
                SourceTensor tensor = new SourceTensor(
                        entry.getKey(), storage.type().name(), entry.getValue().shape());
                tensors.put(entry.getKey(), tensor);
                bytes += tensor.elements() * storage.type().bytes();
            }
            if (bytes / LARGEST_EXPANSION > archive.fileBytes()) {
                throw new ConvertException(path + ": " + bytes + " bytes of tensors in a file of " + archive.fileBytes()
                        + ": its tensors share too much storage");
            }
            opened = true;
            return new TorchSource(path, archive, views, Collections.unmodifiableMap(tensors));
        } finally {
            if (!opened) {
                archive.close();
            }
        }
    }

    private static void checkStorage(Path path, TorchArchive archive, PickleValue.Storage storage)
            throws ConvertException {
        long available = archive.storageBytes(storage.key());
        if (storage.elements() > available / storage.type().bytes()) {
            throw new ConvertException(path + ": storage " + storage.key() + " has " + available + " bytes, expected "
                    + storage.elements() + " elements of " + storage.type());
        }
    }

    private static Map<String, PickleValue.View> views(Path path, PickleValue root) throws ConvertException {
        Optional<PickleValue.Dictionary> found = stateDictionary(root, DEEPEST_NEST);
        if (found.isEmpty()) {
            throw new ConvertException(path + ": contains no tensors: expected a state dictionary, or one under "
                    + String.join(", ", NESTS) + " (a whole pickled model is not supported)");
        }
        Map<String, PickleValue.View> views = new LinkedHashMap<>();
        found.get().entries.forEach((name, value) -> {
            if (value instanceof PickleValue.View view) {
                views.put(name, view);
            }
        });
        return views;
    }

    private static Optional<PickleValue.Dictionary> stateDictionary(PickleValue value, int depth) {
        if (!(value instanceof PickleValue.Dictionary dictionary) || depth == 0) {
            return Optional.empty();
        }
        if (dictionary.entries.values().stream().anyMatch(PickleValue.View.class::isInstance)) {
            return Optional.of(dictionary);
        }
        for (String nest : NESTS) {
            PickleValue nested = dictionary.entries.get(nest);
            if (nested != null) {
                Optional<PickleValue.Dictionary> found = stateDictionary(nested, depth - 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
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
        PickleValue.View view = views.get(tensor);
        if (view == null || !view.storage().type().isFloat()) {
            throw new ConvertException(path + ": no tensor of floats " + Excerpt.quoted(tensor));
        }
        if (count == 0) {
            return;
        }
        ElementIndex index = new ElementIndex(view);
        // the range of the storage that these elements span; of a contiguous view exactly these elements
        long first = Long.MAX_VALUE;
        long last = 0;
        for (int i = 0; i < count; i++) {
            long at = index.of(firstElement + i);
            first = Math.min(first, at);
            last = Math.max(last, at);
        }
        int size = view.storage().type().bytes();
        if (last - first >= Integer.MAX_VALUE / size) {
            throw new ConvertException(path + ": tensor " + Excerpt.quoted(tensor) + " has neighbouring elements "
                    + (last - first) * size + " bytes apart, expected less than 2 GiB");
        }
        int bytes = (int) (last - first + 1) * size;
        if (buffer.length < bytes) {
            buffer = new byte[bytes];
        }
        archive.read(view.storage().key(), first * size, buffer, bytes);
        ByteBuffer data = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            int at = (int) (index.of(firstElement + i) - first) * size;
            destination[offset + i] = view.storage().type().decode(data, at);
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }

    /** Computes where an element of a view, counted in row-major order, lies in its storage. */
    private static final class ElementIndex {
        private final PickleValue.View view;
        private final boolean contiguous;

        ElementIndex(PickleValue.View view) {
            this.view = view;
            this.contiguous = isContiguous(view);
        }

        long of(long element) {
            if (contiguous) {
                return view.offset() + element;
            }
            long rest = element;
            long at = view.offset();
            for (int i = view.shape().size() - 1; i >= 0; i--) {
                long size = view.shape().get(i);
                at += rest % size * view.strides().get(i);
                rest /= size;
            }
            return at;
        }

        private static boolean isContiguous(PickleValue.View view) {
            long expected = 1;
            for (int i = view.shape().size() - 1; i >= 0; i--) {
                long size = view.shape().get(i);
                if (size != 1 && view.strides().get(i) != expected) {
                    return false;
                }
                expected *= size;
            }
            return true;
        }
    }
}
