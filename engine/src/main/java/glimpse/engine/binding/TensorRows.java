package glimpse.engine.binding;

import glimpse.engine.packed.HalfFormat;
import glimpse.engine.packed.WeightRows;
import glimpse.engine.weights.DType;
import glimpse.engine.weights.SafetensorsFile;
import glimpse.engine.weights.TensorNames;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads a model's matrices in the types that they are stored in, into buffers that are reused: otherwise loading a
 * model would leave garbage the size of the model. Weights that aren't finite are refused as {@link TensorBinder} does.
 * Belongs to one thread.
 */
public final class TensorRows {
    private final TensorBinder tensors;
    private final SafetensorsFile file;
    private float[] floats = new float[0];
    private short[] halves = new short[0];
    private byte[] bytes = new byte[0];

    /** Makes a reader of these tensors. */
    public TensorRows(TensorBinder tensors) {
        this.tensors = tensors;
        this.file = tensors.file();
    }

    /** Returns a matrix; its rows are read when it is packed. */
    public WeightRows of(String name) throws IOException {
        DType type = file.tensor(name).dtype();
        return switch (type) {
            case I8 -> integers(name);
            case F16, BF16 -> halves(name, type == DType.F16 ? HalfFormat.F16 : HalfFormat.BF16);
            default ->
                new WeightRows.OfFloats() {
                    @Override
                    public float[] read(int first, int count) {
                        int size = count * columns(name);
                        floats = floats.length < size ? new float[size] : floats;
                        takeRows(name, first, count, floats);
                        return floats;
                    }

                    @Override
                    public void readFloats(int first, int count, float[] to) {
                        takeRows(name, first, count, to);
                    }
                };
        };
    }

    private WeightRows halves(String name, HalfFormat stored) {
        int infinity = stored == HalfFormat.F16 ? 0x7c00 : 0x7f80;
        return new WeightRows.OfHalves() {
            @Override
            public HalfFormat format() {
                return stored;
            }

            @Override
            public short[] read(int first, int count) {
                int size = count * columns(name);
                halves = halves.length < size ? new short[size] : halves;
                unchecked(() -> file.readShorts(name, (long) first * columns(name), halves, 0, size));
                if (greatest(halves, size) >= infinity) {
                    refuse(name, first, count);
                }
                return halves;
            }

            @Override
            public void readFloats(int first, int count, float[] to) {
                takeRows(name, first, count, to);
            }
        };
    }

    private WeightRows integers(String name) throws IOException {
        float[] scales = new float[tensors.rows(name)];
        file.read(TensorNames.scale(name), scales);
        return new WeightRows.OfBytes() {
            @Override
            public float scale(int row) {
                return scales[row];
            }

            @Override
            public byte[] read(int first, int count) {
                int size = count * columns(name);
                bytes = bytes.length < size ? new byte[size] : bytes;
                unchecked(() -> file.readBytes(name, (long) first * columns(name), bytes, 0, size));
                for (int row = first; row < first + count; row++) {
                    if (!Float.isFinite(scales[row] * Byte.MIN_VALUE)) {
                        refuse(name, row, 1);
                    }
                }
                return bytes;
            }

            @Override
            public void readFloats(int first, int count, float[] to) {
                takeRows(name, first, count, to);
            }
        };
    }

    /** Returns the greatest magnitude's bits. */
    private static int greatest(short[] values, int count) {
        int greatest = 0;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, values[i] & Short.MAX_VALUE);
        }
        return greatest;
    }

    /** Reads rows that may hold a weight that isn't finite in the way that names it. */
    private void refuse(String name, int first, int count) {
        takeRows(name, first, count, new float[count * columns(name)]);
    }

    private void takeRows(String name, int first, int count, float[] to) {
        unchecked(() -> tensors.takeRows(name, first, count, to));
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void unchecked(Reading reading) {
        try {
            reading.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int columns(String name) {
        return tensors.columns(name);
    }
}
