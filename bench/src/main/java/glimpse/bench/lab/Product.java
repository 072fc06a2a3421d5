package glimpse.bench.lab;

import java.util.Random;

/** A matrix product as a linear layer has it, {@code weights [rows][columns] x tokens [columns][tokens]}, and its layouts. */
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

    /** {@code [columns/block][rows/tile][block][tile]}. */
    float[] tiles(int tile, int block) {
        float[] tiles = new float[weights.length];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < columns; k++) {
                int to = (k / block * (rows / tile) + row / tile) * block * tile + k % block * tile + row % tile;
                tiles[to] = weights[row * columns + k];
            }
        }
        return tiles;
    }

    /** {@code [tokens/panel][columns][panel]} from {@code first} on. */
    float[] panels(int panel, int first) {
        float[] panels = new float[first + input.length];
        for (int k = 0; k < columns; k++) {
            for (int token = 0; token < tokens; token++) {
                panels[first + (token / panel * columns + k) * panel + token % panel] = input[k * tokens + token];
            }
        }
        return panels;
    }

    /** The result in panels {@code [tokens/panel][rows][panel]} from {@code first} on, as {@code [rows][tokens]}. */
    float[] fromPanels(float[] panels, int panel, int first) {
        float[] result = new float[rows * tokens];
        for (int row = 0; row < rows; row++) {
            for (int token = 0; token < tokens; token++) {
                result[row * tokens + token] = panels[first + (token / panel * rows + row) * panel + token % panel];
            }
        }
        return result;
    }

    /** By the definition, {@code [rows][tokens]}. */
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
