package glimpse.bench.lab;

import java.util.Random;

/**
 * The matrix product of a linear layer, {@code weights [rows][columns] x input [columns][tokens]}, with random operands
 * and the packed layouts that the variants use.
 */
final class Product {
    final int rows;
    final int columns;
    final int tokens;
    private final float[] weights; // [rows][columns]
    private final float[] input; // [columns][tokens]

    Product(int rows, int columns, int tokens) {
        this.rows = rows;
        this.columns = columns;
        this.tokens = tokens;
        weights = random(1, rows * columns);
        input = random(2, columns * tokens);
    }

    double flops() {
        return 2.0 * rows * columns * tokens;
    }

    float[] weights() {
        return weights.clone();
    }

    /** Returns the weights as {@code [columns/kc][rows/mr][kc][mr]}. */
    float[] tiles(int mr, int kc) {
        float[] tiles = new float[weights.length];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < columns; k++) {
                int to = (k / kc * (rows / mr) + row / mr) * kc * mr + k % kc * mr + row % mr;
                tiles[to] = weights[row * columns + k];
            }
        }
        return tiles;
    }

    /** Returns the input as {@code [tokens/nr][columns][nr]}, starting at index {@code offset}. */
    float[] panels(int nr, int offset) {
        float[] panels = new float[offset + input.length];
        for (int k = 0; k < columns; k++) {
            for (int token = 0; token < tokens; token++) {
                panels[offset + (token / nr * columns + k) * nr + token % nr] = input[k * tokens + token];
            }
        }
        return panels;
    }

    /**
     * Unpacks a result {@code [tokens/nr][rows][nr]} that starts at index {@code offset} into {@code [rows][tokens]}.
     */
    float[] fromPanels(float[] panels, int nr, int offset) {
        float[] result = new float[rows * tokens];
        for (int row = 0; row < rows; row++) {
            for (int token = 0; token < tokens; token++) {
                result[row * tokens + token] = panels[offset + (token / nr * rows + row) * nr + token % nr];
            }
        }
        return result;
    }

    /** Computes the product {@code [rows][tokens]} by its definition, in double precision. */
    float[] reference() {
        float[] result = new float[rows * tokens];
        for (int row = 0; row < rows; row++) {
            for (int token = 0; token < tokens; token++) {
                double sum = 0;
                for (int k = 0; k < columns; k++) {
                    sum += (double) weights[row * columns + k] * input[k * tokens + token];
                }
                result[row * tokens + token] = (float) sum;
            }
        }
        return result;
    }

    static float[] random(long seed, int count) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
