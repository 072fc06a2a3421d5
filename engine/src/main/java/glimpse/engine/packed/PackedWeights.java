package glimpse.engine.packed;

/** A packed weight matrix in the type that it is stored in. Immutable. */
public sealed interface PackedWeights permits PackedFloats, PackedHalves, PackedBytes {
    /** Elements that follow a piece's last one, which a kernel may read past its strip; zero. */
    int PADDING = 8;

    /** Bytes before the first element, which complete a cache line: the elements of an array begin 16 bytes into it. */
    int BEGIN_BYTES = 48;

    /**
     * Packs a matrix.
     *
     * @throws java.io.UncheckedIOException if its rows can't be read
     */
    static PackedWeights pack(WeightRows rows, RowPacking packing, PackedShape shape) {
        return switch (rows) {
            case WeightRows.OfFloats floats -> PackedFloats.of(floats, packing, shape);
            case WeightRows.OfHalves halves -> PackedHalves.of(halves, packing, shape);
            case WeightRows.OfBytes bytes -> PackedBytes.of(bytes, packing, shape);
        };
    }

    /** Returns where the elements lie. */
    PackedShape shape();
}
