package glimpse.engine.packed;

/**
 * A packed matrix of integers: a weight is the element times its row's scale, rounded, times {@link #factor}.
 * Immutable.
 */
public final class PackedBytes implements PackedWeights {
    /** Index of a piece's first element. */
    public static final int BEGIN = BEGIN_BYTES;

    /** Index of the first row's scale; as many readable ones follow the last. */
    public static final int SCALES_BEGIN = 8;

    private final PackedShape shape;
    private final float factor;
    private final byte[][] pieces;
    private final float[] scales; // [rows, padded to whole strips] from SCALES_BEGIN

    private PackedBytes(PackedShape shape, float factor) {
        this.shape = shape;
        this.factor = factor;
        pieces = new byte[shape.pieces()][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new byte[BEGIN + shape.elements(i) + PADDING];
        }
        scales = new float[shape.strips() * shape.lanes() + 2 * SCALES_BEGIN];
    }

    static PackedBytes of(WeightRows.OfBytes rows, RowPacking packing, PackedShape shape) {
        PackedBytes packed = new PackedBytes(shape, packing.factor());
        for (int row = 0; row < packing.count(); row++) {
            packed.scales[SCALES_BEGIN + packing.lane().applyAsInt(row)] = rows.scale(packing.first() + row);
        }
        packing.run(shape, Byte.BYTES, rows::read, (values, from, count, piece, at) -> {
            byte[] to = packed.pieces[piece];
            for (int i = 0; i < count; i++) {
                to[BEGIN + at + i * shape.lanes()] = values[from + i];
            }
        });
        return packed;
    }

    /** Returns a piece; its elements begin at {@link #BEGIN}. Not to be changed. */
    public byte[] piece(int index) {
        return pieces[index];
    }

    /** Returns the rows' scales; the first is at {@link #SCALES_BEGIN}. Not to be changed. */
    public float[] scales() {
        return scales;
    }

    /** Returns what each product of element and scale is multiplied by. */
    public float factor() {
        return factor;
    }

    @Override
    public PackedShape shape() {
        return shape;
    }
}
