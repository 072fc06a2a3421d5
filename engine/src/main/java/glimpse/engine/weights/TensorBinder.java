package glimpse.engine.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model's tensors, checked as a whole before the first is read: each expected one is there with its shape in a readable
 * type, and there is no other. As thread-safe as its file.
 */
public final class TensorBinder {
    private static final int LONGEST_LIST = 20;

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
     * @throws ModelException listing what is missing, has another shape, isn't float, or isn't expected
     */
    public static TensorBinder bind(SafetensorsFile file, Map<String, List<Long>> shapes) throws ModelException {
        List<String> problems = new ArrayList<>();
        shapes.forEach((name, shape) -> {
            TensorInfo info = file.tensors().get(name);
            if (info == null) {
                problems.add(name + " is missing, expected " + shape);
            } else if (!info.shape().equals(shape)) {
                problems.add(name + " has shape " + Quoted.of(info.shape().toString()) + ", expected " + shape);
            } else if (!info.dtype().isReadableAsFloat()) {
                problems.add(name + " is " + info.dtype() + ", expected F32, F16 or BF16");
            }
        });
        for (String name : file.tensors().keySet()) {
            if (!shapes.containsKey(name)) {
                problems.add(Quoted.of(name) + " belongs to no part of the model");
            }
        }
        if (!problems.isEmpty()) {
            throw new ModelException(file.name() + ": tensors don't fit the model: " + listed(problems));
        }
        return new TensorBinder(file, Map.copyOf(shapes));
    }

    /** A tensor's elements in row-major order. */
    public float[] take(String name) throws SafetensorsException {
        float[] elements = new float[Math.toIntExact(elements(name))];
        file.read(name, elements);
        return elements;
    }

    /**
     * Some rows of a matrix, so that a large one can be packed piece by piece.
     *
     * @param firstRow from 0
     * @param rows number of rows
     * @param destination at least {@code rows} times the row's length; filled from its start
     */
    public void takeRows(String name, int firstRow, int rows, float[] destination) throws SafetensorsException {
        int rowLength = Math.toIntExact(shape(name).getLast());
        file.read(name, (long) firstRow * rowLength, destination, 0, Math.multiplyExact(rows, rowLength));
    }

    private long elements(String name) {
        long product = 1;
        for (long dimension : shape(name)) {
            product *= dimension;
        }
        return product;
    }

    private List<Long> shape(String name) {
        List<Long> shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("tensor " + Quoted.of(name) + " was not bound");
        }
        return shape;
    }

    private static String listed(List<String> problems) {
        String shown = String.join("; ", problems.subList(0, Math.min(problems.size(), LONGEST_LIST)));
        int hidden = problems.size() - LONGEST_LIST;
        return hidden > 0 ? shown + "; and " + hidden + " more" : shown;
    }
}
