package glimpse.engine.binding;

import glimpse.engine.weights.DType;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.Quoted;
import glimpse.engine.weights.SafetensorsFile;
import glimpse.engine.weights.TensorInfo;
import glimpse.engine.weights.TensorNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model's tensors, all checked before the first is read: every expected one is present with its shape and a readable
 * type (an I8 matrix has the scales of its rows beside it, see {@link TensorNames}), and there is no other. As
 * thread-safe as its file.
 */
public final class TensorBinder {
    private static final int MAX_LISTED = 20;
    /** More would not fit an array, once it is padded to whole tiles. */
    private static final long MAX_ELEMENTS = 1 << 30;

    private final SafetensorsFile file;
    private final Map<String, List<Long>> shapes;

    private TensorBinder(SafetensorsFile file, Map<String, List<Long>> shapes) {
        this.file = file;
        this.shapes = shapes;
    }

    /**
     * Checks that the file holds exactly these tensors.
     *
     * @param shapes the expected shape by name, from {@link TensorNames}
     * @throws ModelException listing tensors that are missing, have another shape, aren't float, or aren't expected
     */
    public static TensorBinder bind(SafetensorsFile file, Map<String, List<Long>> shapes) throws ModelException {
        List<String> problems = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            TensorInfo info = file.tensors().get(name);
            if (info == null) {
                problems.add(name + " is missing, expected " + shape);
            } else if (!info.shape().equals(shape)) {
                problems.add(info + " has the wrong shape, expected " + shape);
            } else if (info.elements() > MAX_ELEMENTS) {
                problems.add(info + " has " + info.elements() + " elements, expected at most " + MAX_ELEMENTS);
            } else if (info.dtype() == DType.I8 && shape.size() == 2) {
                scaleProblem(file, name, shape.getFirst()).ifPresent(problems::add);
            } else if (!info.dtype().isReadableAsFloat()) {
                problems.add(info + " has the wrong type, expected F32, F16 or BF16");
            }
        });
        file.tensors().forEach((name, info) -> {
            if (!shapes.containsKey(name) && !isScale(file, shapes, name)) {
                problems.add(info + " belongs to no part of the model");
            }
        });
        if (!problems.isEmpty()) {
            throw new ModelException(file.name() + ": tensors don't fit the model: " + listed(problems));
        }
        return new TensorBinder(file, Map.copyOf(shapes));
    }

    /** Returns what is wrong with the scales of an I8 matrix. */
    private static Optional<String> scaleProblem(SafetensorsFile file, String matrix, long rows) {
        String name = TensorNames.scale(matrix);
        TensorInfo scale = file.tensors().get(name);
        if (scale == null) {
            return Optional.of(name + " is missing, expected [" + rows + "] because " + matrix + " is I8");
        }
        boolean fits = scale.shape().equals(List.of(rows)) && scale.dtype() == DType.F32;
        return fits
                ? Optional.empty()
                : Optional.of(scale + " has the wrong type or shape, expected F32 [" + rows + "]");
    }

    private static boolean isScale(SafetensorsFile file, Map<String, List<Long>> shapes, String name) {
        if (!name.endsWith(TensorNames.SCALE_SUFFIX)) {
            return false;
        }
        String matrix = name.substring(0, name.length() - TensorNames.SCALE_SUFFIX.length());
        TensorInfo info = file.tensors().get(matrix);
        return shapes.containsKey(matrix) && info != null && info.dtype() == DType.I8;
    }

    /** Returns the file. */
    SafetensorsFile file() {
        return file;
    }

    /** Returns the memory that the weights take: matrices in the type that they are stored in. */
    public long bytes() {
        return file.tensors().values().stream().mapToLong(TensorInfo::sizeBytes).sum();
    }

    /** Returns the number of a matrix's rows. */
    int rows(String name) {
        return Math.toIntExact(shape(name).getFirst());
    }

    /** Returns the number of a matrix's columns. */
    int columns(String name) {
        return Math.toIntExact(shape(name).getLast());
    }

    /**
     * Returns a tensor's elements in row-major order.
     *
     * @throws ModelException if one of them isn't finite
     */
    public float[] take(String name) throws IOException {
        float[] elements = new float[size(name)];
        take(name, elements);
        return elements;
    }

    /**
     * Writes a tensor's elements in row-major order into an array that can be reused.
     *
     * @param destination {@link #size} long
     * @throws ModelException if one of them isn't finite
     */
    void take(String name, float[] destination) throws IOException {
        if (file.tensor(name).dtype() == DType.I8) {
            takeRows(name, 0, rows(name), destination);
        } else {
            file.read(name, destination);
            requireFinite(name, 0, destination, destination.length);
        }
    }

    /** Returns the number of a tensor's elements. */
    int size(String name) {
        long product = 1;
        for (long dimension : shape(name)) {
            product *= dimension;
        }
        return Math.toIntExact(product);
    }

    /**
     * Reads some rows of a matrix.
     *
     * @param firstRow from 0
     * @param rows number of rows
     * @param destination at least {@code rows} times the row length; filled from its start
     * @throws ModelException if an element isn't finite
     */
    void takeRows(String name, int firstRow, int rows, float[] destination) throws IOException {
        int rowLength = columns(name);
        int count = Math.multiplyExact(rows, rowLength);
        if (file.tensor(name).dtype() == DType.I8) {
            takeIntegers(name, firstRow, rows, rowLength, destination);
        } else {
            file.read(name, (long) firstRow * rowLength, destination, 0, count);
        }
        requireFinite(name, (long) firstRow * rowLength, destination, count);
    }

    /** Multiplies each integer by its row's scale. */
    private void takeIntegers(String name, int firstRow, int rows, int rowLength, float[] destination)
            throws IOException {
        float[] scales = new float[rows];
        file.read(TensorNames.scale(name), firstRow, scales, 0, rows);
        byte[] row = new byte[rowLength];
        for (int i = 0; i < rows; i++) {
            file.readBytes(name, (long) (firstRow + i) * rowLength, row, 0, rowLength);
            for (int j = 0; j < rowLength; j++) {
                destination[i * rowLength + j] = row[j] * scales[i];
            }
        }
    }

    /** The greatest magnitude is NaN if any value is; the loop is one that the compiler vectorises. */
    private void requireFinite(String name, long first, float[] values, int count) throws ModelException {
        float greatest = 0;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, Math.abs(values[i]));
        }
        if (Float.isFinite(greatest)) {
            return;
        }
        int at = 0;
        while (Float.isFinite(values[at])) {
            at++;
        }
        throw new ModelException(file.name() + ": tensor " + Quoted.of(name) + " holds " + values[at] + " at element "
                + (first + at) + ", expected finite weights");
    }

    private List<Long> shape(String name) {
        List<Long> shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("tensor " + name + " was not bound");
        }
        return shape;
    }

    private static String listed(List<String> problems) {
        String shown = String.join("; ", problems.subList(0, Math.min(problems.size(), MAX_LISTED)));
        int hidden = problems.size() - MAX_LISTED;
        return hidden > 0 ? shown + "; and " + hidden + " more" : shown;
    }
}
