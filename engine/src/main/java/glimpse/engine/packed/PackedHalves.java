package glimpse.engine.packed;

/** A packed matrix of 16-bit floats: a weight is the element times {@link #factor}. Immutable. */
public final class PackedHalves implements PackedWeights {
    /** Index of a piece's first element. */
    public static final int BEGIN = BEGIN_BYTES / Short.BYTES;

    private final PackedShape shape;
    private final HalfFormat format;
    private final float factor;
    private final short[][] pieces;

    private PackedHalves(PackedShape shape, HalfFormat format, float factor) {
        this.shape = shape;
        this.format = format;
        this.factor = factor;
        pieces = new short[shape.pieces()][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new short[BEGIN + shape.elements(i) + PADDING];
        }
    }

    static PackedHalves of(WeightRows.OfHalves rows, RowPacking packing, PackedShape shape) {
        PackedHalves packed = new PackedHalves(shape, rows.format(), packing.factor());
        packing.run(shape, Short.BYTES, rows::read, (values, from, count, piece, at) -> {
            short[] to = packed.pieces[piece];
            for (int i = 0; i < count; i++) {
                to[BEGIN + at + i * shape.lanes()] = values[from + i];
            }
        });
        return packed;
    }

    /** Returns a piece; its elements begin at {@link #BEGIN}. Not to be changed. */
    public short[] piece(int index) {
        return pieces[index];
    }

    /** Returns which floats the elements are. */
    public HalfFormat format() {
        return format;
    }

    /** Returns what each element is multiplied by. */
    public float factor() {
        return factor;
    }

    @Override
    public PackedShape shape() {
        return shape;
    }
}
