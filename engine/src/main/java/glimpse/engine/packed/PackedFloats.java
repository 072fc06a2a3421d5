package glimpse.engine.packed;

/** A packed matrix of 32-bit floats. Immutable. */
public final class PackedFloats implements PackedWeights {
    /** Index of a piece's first element. */
    public static final int BEGIN = BEGIN_BYTES / Float.BYTES;

    private final PackedShape shape;
    private final float[][] pieces;

    private PackedFloats(PackedShape shape) {
        this.shape = shape;
        pieces = new float[shape.pieces()][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new float[BEGIN + shape.elements(i) + PADDING];
        }
    }

    static PackedFloats of(WeightRows.OfFloats rows, RowPacking packing, PackedShape shape) {
        PackedFloats packed = new PackedFloats(shape);
        packing.run(shape, Float.BYTES, rows::read, (values, from, count, piece, at) -> {
            float[] to = packed.pieces[piece];
            for (int i = 0; i < count; i++) {
                to[BEGIN + at + i * shape.lanes()] = values[from + i] * packing.factor();
            }
        });
        return packed;
    }

    /** Returns a piece; its elements begin at {@link #BEGIN}. Not to be changed. */
    public float[] piece(int index) {
        return pieces[index];
    }

    @Override
    public PackedShape shape() {
        return shape;
    }
}
