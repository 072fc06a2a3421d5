package glimpse.collab.codec;

import glimpse.engine.image.PixelPatches;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Codec 1 of MESSAGE.md in plain loops over the pixels of the whole image. */
final class DeflateTwin {
    private static final int MISSING = -1;
    private static final int PREDICTORS = 6;

    private final int grid;
    private final int side;
    private final int channels;
    private final int[] positions;
    private final int[][][] samples; // [channels][height][width]; MISSING where no patch is

    DeflateTwin(int grid, PixelPatches patches) {
        this.grid = grid;
        this.side = patches.patchSize();
        this.channels = patches.channels();
        this.positions = patches.positions();
        this.samples = new int[channels][grid * side][grid * side];
        for (int[][] plane : samples) {
            for (int[] row : plane) {
                Arrays.fill(row, MISSING);
            }
        }
        byte[] pixels = patches.pixels();
        int at = 0;
        for (int position : positions) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++, at += channels) {
                    for (int c = 0; c < channels; c++) {
                        int green = channels == 1 || c == 1 ? 0 : pixels[at + 1];
                        samples[c][top(position) + y][left(position) + x] = pixels[at + c] - green & 0xff;
                    }
                }
            }
        }
    }

    private int top(int position) {
        return position / grid * side;
    }

    private int left(int position) {
        return position % grid * side;
    }

    /**
     * The content of the deflate stream: a predictor per patch, then {@code [channels][patches][side][side]} residuals.
     */
    byte[] inflated(int[] predictors) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int predictor : predictors) {
            out.write(predictor);
        }
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < positions.length; i++) {
                out.writeBytes(residuals(c, positions[i], predictors[i]));
            }
        }
        return out.toByteArray();
    }

    /** Per patch, the predictor with the smallest sum of absolute residuals; of equal ones the first. */
    int[] bestPredictors() {
        int[] best = new int[positions.length];
        for (int i = 0; i < best.length; i++) {
            long lowest = Long.MAX_VALUE;
            for (int predictor = 0; predictor < PREDICTORS; predictor++) {
                long sum = 0;
                for (int c = 0; c < channels; c++) {
                    for (byte residual : residuals(c, positions[i], predictor)) {
                        sum += Math.abs(residual);
                    }
                }
                if (sum < lowest) {
                    lowest = sum;
                    best[i] = predictor;
                }
            }
        }
        return best;
    }

    private byte[] residuals(int c, int position, int predictor) {
        byte[] residuals = new byte[side * side];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int row = top(position) + y;
                int column = left(position) + x;
                residuals[y * side + x] = (byte) (samples[c][row][column] - predicted(c, row, column, predictor));
            }
        }
        return residuals;
    }

    private int predicted(int channel, int row, int column, int predictor) {
        int a = sample(channel, row, column - 1);
        int b = sample(channel, row - 1, column);
        int c = sample(channel, row - 1, column - 1);
        if (a == MISSING && b == MISSING) {
            a = 0;
            b = 0;
        } else if (a == MISSING) {
            a = b;
        } else if (b == MISSING) {
            b = a;
        }
        if (c == MISSING) {
            c = Math.min(a, b);
        }
        int[] sorted = {a, b, a + b - c};
        Arrays.sort(sorted);
        return switch (predictor) {
            case 0 -> 0;
            case 1 -> a;
            case 2 -> b;
            case 3 -> (a + b) / 2;
            case 4 -> closest(a + b - c, a, b, c);
            default -> sorted[1];
        };
    }

    private static int closest(int to, int... candidates) {
        int closest = candidates[0];
        for (int candidate : candidates) {
            if (Math.abs(candidate - to) < Math.abs(closest - to)) {
                closest = candidate;
            }
        }
        return closest;
    }

    private int sample(int channel, int row, int column) {
        return row < 0 || column < 0 ? MISSING : samples[channel][row][column];
    }

    /** Compresses by the JDK's defaults. */
    static byte[] deflate(byte[] inflated) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(inflated);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }

    /** Decompresses a stream of a known length. */
    static byte[] inflate(byte[] stream, int length) throws DataFormatException {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(stream);
            byte[] inflated = new byte[length];
            int count = inflater.inflate(inflated);
            return Arrays.copyOf(inflated, count);
        }
    }
}
