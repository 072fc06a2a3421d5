package glimpse.convert.naming;

import glimpse.convert.source.SourceTensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Position embeddings for another number of patches: each feature is resampled like a small image with an antialiasing
 * bicubic filter (a = -0.5, widened when the grid shrinks), as by PyTorch's {@code interpolate} and therefore timm.
 *
 * @param table {@code [from x from][width]}
 * @param from patches along a side of the trained grid
 * @param to patches along a side of the wanted grid
 */
record ResampledGrid(Recipe table, int from, int to) implements Recipe {
    private static final double A = -0.5;
    private static final double SUPPORT = 2;

    @Override
    public Recipe ofBlock(int block) {
        return new ResampledGrid(table.ofBlock(block), from, to);
    }

    @Override
    public void names(Consumer<String> consumer) {
        table.names(consumer);
    }

    @Override
    public List<Long> shape(Map<String, SourceTensor> tensors) {
        List<Long> shape = table.shape(tensors);
        boolean fits = shape.size() == 2 && shape.getFirst() == (long) from * from;
        return fits ? List.of((long) to * to, shape.getLast()) : List.of();
    }

    @Override
    public void read(
            Reader reader, Map<String, SourceTensor> tensors, long first, float[] destination, int offset, int count)
            throws IOException {
        int width = Math.toIntExact(shape(tensors).getLast());
        float[] source = new float[from * from * width]; // [row][column][width]
        table.read(reader, tensors, 0, source, 0, source.length);
        double[][] weights = weights();
        for (int i = 0; i < count; i++) {
            int position = (int) ((first + i) / width);
            int feature = (int) ((first + i) % width);
            destination[offset + i] =
                    (float) sample(source, width, feature, weights[position / to], weights[position % to]);
        }
    }

    private double sample(float[] source, int width, int feature, double[] rows, double[] columns) {
        double sum = 0;
        for (int row = 0; row < from; row++) {
            if (rows[row] == 0) {
                continue;
            }
            double inRow = 0;
            for (int column = 0; column < from; column++) {
                inRow += columns[column] * source[(row * from + column) * width + feature];
            }
            sum += rows[row] * inRow;
        }
        return sum;
    }

    /** Returns the weight of each trained position for each new one along a side: {@code [to][from]}; rows sum to 1. */
    private double[][] weights() {
        double scale = (double) from / to;
        double stretch = Math.max(1, scale);
        double[][] weights = new double[to][from];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int begin = Math.max(0, (int) (centre - SUPPORT * stretch + 0.5));
            int end = Math.min(from, (int) (centre + SUPPORT * stretch + 0.5));
            double sum = 0;
            for (int j = begin; j < end; j++) {
                weights[i][j] = cubic((j + 0.5 - centre) / stretch);
                sum += weights[i][j];
            }
            for (int j = begin; j < end; j++) {
                weights[i][j] /= sum;
            }
        }
        return weights;
    }

    private static double cubic(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }
}
