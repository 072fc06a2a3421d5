package glimpse.convert.naming;

import glimpse.convert.source.SourceTensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a canonical tensor is computed from a checkpoint's tensors. In the names of a block's tensors {@code {n}} stands
 * for the block's number. Elements are computed a range at a time, so that no tensor needs to be in memory as a whole.
 * Immutable.
 */
public sealed interface Recipe
        permits Recipe.Tensor, Recipe.Sum, Recipe.Stack, Recipe.ScaledRows, Recipe.Zeros, ResampledGrid {

    /** Reads tensors by the names that recipes use. */
    interface Reader {
        /** Decodes a range of a tensor's elements. */
        void read(String name, long firstElement, float[] destination, int offset, int count) throws IOException;
    }

    /** How a tensor's dimensions are mapped to one or two dimensions. */
    enum Form {
        /** One dimension, whatever the tensor has. */
        VECTOR,
        /** The first dimension counts the rows, all others make up a row: a linear layer, a convolution. */
        MATRIX,
        /** The last dimension makes up a row, all others count the rows: tokens, positions. */
        TABLE
    }

    /** Returns this recipe with the block's number in its names. */
    Recipe ofBlock(int block);

    /** Passes on the names of all tensors that this recipe reads. */
    void names(Consumer<String> consumer);

    /** Returns the shape of the result: one or two dimensions, or none if the parts don't match. */
    List<Long> shape(Map<String, SourceTensor> tensors);

    /** Computes a range of the result's elements in row-major order. */
    void read(Reader reader, Map<String, SourceTensor> tensors, long first, float[] destination, int offset, int count)
            throws IOException;

    /**
     * A tensor, or its rows {@code firstRow} to {@code endRow} (exclusive).
     *
     * @param endRow negative for all rows
     */
    record Tensor(String name, Form form, int firstRow, int endRow) implements Recipe {
        @Override
        public Recipe ofBlock(int block) {
            return new Tensor(name.replace("{n}", Integer.toString(block)), form, firstRow, endRow);
        }

        @Override
        public void names(Consumer<String> consumer) {
            consumer.accept(name);
        }

        @Override
        public List<Long> shape(Map<String, SourceTensor> tensors) {
            SourceTensor tensor = found(tensors);
            long elements = tensor.elements();
            if (form == Form.VECTOR || tensor.shape().isEmpty() || elements == 0) {
                return List.of(elements);
            }
            long all = form == Form.MATRIX
                    ? tensor.shape().getFirst()
                    : elements / tensor.shape().getLast();
            long end = endRow < 0 ? all : Math.min(all, endRow);
            return List.of(Math.max(0, end - firstRow), elements / all);
        }

        @Override
        public void read(
                Reader reader,
                Map<String, SourceTensor> tensors,
                long first,
                float[] destination,
                int offset,
                int count)
                throws IOException {
            long skipped = firstRow == 0 ? 0 : firstRow * shape(tensors).getLast();
            reader.read(name, skipped + first, destination, offset, count);
        }

        private SourceTensor found(Map<String, SourceTensor> tensors) {
            SourceTensor tensor = tensors.get(name);
            if (tensor == null) {
                throw new IllegalStateException("tensor " + name + " was not checked to be present");
            }
            return tensor;
        }
    }

    /** The sum of two tensors of the same shape, in float32. */
    record Sum(Recipe left, Recipe right) implements Recipe {
        @Override
        public Recipe ofBlock(int block) {
            return new Sum(left.ofBlock(block), right.ofBlock(block));
        }

        @Override
        public void names(Consumer<String> consumer) {
            left.names(consumer);
            right.names(consumer);
        }

        @Override
        public List<Long> shape(Map<String, SourceTensor> tensors) {
            List<Long> shape = left.shape(tensors);
            return shape.equals(right.shape(tensors)) ? shape : List.of();
        }

        @Override
        public void read(
                Reader reader,
                Map<String, SourceTensor> tensors,
                long first,
                float[] destination,
                int offset,
                int count)
                throws IOException {
            float[] addend = new float[count];
            left.read(reader, tensors, first, destination, offset, count);
            right.read(reader, tensors, first, addend, 0, count);
            for (int i = 0; i < count; i++) {
                destination[offset + i] += addend[i];
            }
        }
    }

    /** The concatenation of several matrices' rows, or of several vectors. */
    record Stack(List<Recipe> parts) implements Recipe {
        /** Copies the list. */
        public Stack {
            parts = List.copyOf(parts);
        }

        @Override
        public Recipe ofBlock(int block) {
            return new Stack(parts.stream().map(part -> part.ofBlock(block)).toList());
        }

        @Override
        public void names(Consumer<String> consumer) {
            parts.forEach(part -> part.names(consumer));
        }

        @Override
        public List<Long> shape(Map<String, SourceTensor> tensors) {
            List<List<Long>> shapes =
                    parts.stream().map(part -> part.shape(tensors)).toList();
            List<Long> row = rowOf(shapes.getFirst());
            if (!shapes.stream()
                    .allMatch(shape -> !shape.isEmpty() && rowOf(shape).equals(row))) {
                return List.of();
            }
            long rows = shapes.stream().mapToLong(List::getFirst).sum();
            return row.isEmpty() ? List.of(rows) : List.of(rows, row.getFirst());
        }

        @Override
        public void read(
                Reader reader,
                Map<String, SourceTensor> tensors,
                long first,
                float[] destination,
                int offset,
                int count)
                throws IOException {
            long begin = 0;
            for (Recipe part : parts) {
                long end = begin + elements(part.shape(tensors));
                long from = Math.max(first, begin);
                long until = Math.min(first + count, end);
                if (from < until) {
                    int at = offset + (int) (from - first);
                    part.read(reader, tensors, from - begin, destination, at, (int) (until - from));
                }
                begin = end;
            }
        }

        private static List<Long> rowOf(List<Long> shape) {
            return shape.isEmpty() ? shape : shape.subList(1, shape.size());
        }
    }

    /** Each row of a matrix, or element of a vector, multiplied by its own factor: layer scale. */
    record ScaledRows(Recipe matrix, Recipe factors) implements Recipe {
        @Override
        public Recipe ofBlock(int block) {
            return new ScaledRows(matrix.ofBlock(block), factors.ofBlock(block));
        }

        @Override
        public void names(Consumer<String> consumer) {
            matrix.names(consumer);
            factors.names(consumer);
        }

        @Override
        public List<Long> shape(Map<String, SourceTensor> tensors) {
            List<Long> shape = matrix.shape(tensors);
            return !shape.isEmpty() && factors.shape(tensors).equals(shape.subList(0, 1)) ? shape : List.of();
        }

        @Override
        public void read(
                Reader reader,
                Map<String, SourceTensor> tensors,
                long first,
                float[] destination,
                int offset,
                int count)
                throws IOException {
            List<Long> shape = matrix.shape(tensors);
            long rowLength = shape.size() == 1 ? 1 : shape.getLast();
            long firstRow = first / rowLength;
            float[] scales = new float[(int) ((first + count - 1) / rowLength - firstRow + 1)];
            matrix.read(reader, tensors, first, destination, offset, count);
            factors.read(reader, tensors, firstRow, scales, 0, scales.length);
            for (int i = 0; i < count; i++) {
                destination[offset + i] *= scales[(int) ((first + i) / rowLength - firstRow)];
            }
        }
    }

    /** A vector of zeros, for a bias that the source doesn't have. */
    record Zeros(long elements) implements Recipe {
        @Override
        public Recipe ofBlock(int block) {
            return this;
        }

        @Override
        public void names(Consumer<String> consumer) {}

        @Override
        public List<Long> shape(Map<String, SourceTensor> tensors) {
            return List.of(elements);
        }

        @Override
        public void read(
                Reader reader,
                Map<String, SourceTensor> tensors,
                long first,
                float[] destination,
                int offset,
                int count) {
            java.util.Arrays.fill(destination, offset, offset + count, 0);
        }
    }

    /** Returns the product of a shape. */
    static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    /** Returns a recipe for a vector. */
    static Recipe vector(String name) {
        return new Tensor(name, Form.VECTOR, 0, -1);
    }

    /** Returns a recipe for the weight of a linear layer or a convolution. */
    static Recipe matrix(String name) {
        return new Tensor(name, Form.MATRIX, 0, -1);
    }

    /** Returns a recipe for a table of tokens or positions. */
    static Recipe table(String name) {
        return new Tensor(name, Form.TABLE, 0, -1);
    }

    /** Returns a recipe for some rows of a table of tokens or positions. */
    static Recipe rows(String name, int firstRow, int endRow) {
        return new Tensor(name, Form.TABLE, firstRow, endRow);
    }
}
