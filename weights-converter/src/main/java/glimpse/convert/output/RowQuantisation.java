package glimpse.convert.output;

import glimpse.engine.weights.DType;
import glimpse.engine.weights.TensorNames;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Quantises a matrix to integers -127..127 with a scale per row, the row's largest magnitude divided by 127: symmetric
 * quantisation per output channel. A weight changes by at most half a scale.
 */
public final class RowQuantisation {
    private static final float LARGEST = 127;
    private static final int PASS_ELEMENTS = 1 << 17;

    private final long rows;
    private final int rowLength;
    private final StoredTensor.Elements elements;
    private Optional<float[]> scales = Optional.empty(); // [rows], found in a first pass over the matrix

    private RowQuantisation(long rows, int rowLength, StoredTensor.Elements elements) {
        this.rows = rows;
        this.rowLength = rowLength;
        this.elements = elements;
    }

    /**
     * Returns the two tensors of a matrix: its integers and their scales.
     *
     * @param shape {@code [rows][row length]}
     */
    public static List<StoredTensor> of(String name, List<Long> shape, StoredTensor.Elements elements) {
        RowQuantisation matrix = new RowQuantisation(shape.getFirst(), Math.toIntExact(shape.getLast()), elements);
        return List.of(
                new StoredTensor(name, shape, DType.I8, matrix::readIntegers),
                new StoredTensor(TensorNames.scale(name), shape.subList(0, 1), DType.F32, matrix::readScales));
    }

    private void readIntegers(long first, float[] destination, int count) throws IOException {
        float[] rowScales = scales();
        elements.read(first, destination, count);
        int begin = 0;
        while (begin < count) {
            int row = (int) ((first + begin) / rowLength);
            int end = (int) Math.min(count, (row + 1L) * rowLength - first);
            quantise(destination, begin, end, rowScales[row]);
            begin = end;
        }
    }

    /** Quantises a part of one row; a loop of its own, so that the compiler vectorises it. */
    private static void quantise(float[] values, int begin, int end, float scale) {
        if (scale == 0) {
            Arrays.fill(values, begin, end, 0);
            return;
        }
        for (int i = begin; i < end; i++) {
            values[i] = Math.max(-LARGEST, Math.min(LARGEST, Math.round(values[i] / scale)));
        }
    }

    private void readScales(long first, float[] destination, int count) throws IOException {
        System.arraycopy(scales(), (int) first, destination, 0, count);
    }

    private float[] scales() throws IOException {
        if (scales.isEmpty()) {
            float[] found = new float[Math.toIntExact(rows)];
            int atOnce = Math.clamp(PASS_ELEMENTS / rowLength, 1, Math.max(1, found.length));
            float[] piece = new float[atOnce * rowLength];
            for (int first = 0; first < found.length; first += atOnce) {
                int count = Math.min(atOnce, found.length - first);
                elements.read((long) first * rowLength, piece, count * rowLength);
                for (int row = 0; row < count; row++) {
                    found[first + row] = largest(piece, row * rowLength) / LARGEST;
                }
            }
            scales = Optional.of(found);
        }
        return scales.get();
    }

    private float largest(float[] piece, int begin) {
        float largest = 0;
        for (int i = begin; i < begin + rowLength; i++) {
            largest = Math.max(largest, Math.abs(piece[i]));
        }
        return largest;
    }
}
