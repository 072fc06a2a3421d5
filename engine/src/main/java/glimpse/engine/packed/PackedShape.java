package glimpse.engine.packed;

/**
 * Where the weights of a packed matrix lie: {@code [blocks of columns][strips of rows][columns][lanes]}, the last block
 * with the columns that are left. A strip's rows are lanes. The whole is cut into pieces, each some strips of a block
 * in an array of its own, small enough for garbage collectors: G1 gives an array of half a region or more whole
 * regions, and most of the last one is lost.
 *
 * @param rows number of rows; those that pad the last strip are zero
 * @param columns number of columns
 * @param lanes rows of a strip
 * @param blockColumns columns of a block
 * @param pieceStrips strips of a piece, at most
 */
public record PackedShape(int rows, int columns, int lanes, int blockColumns, int pieceStrips) {
    /** Returns the number of strips. */
    public int strips() {
        return Math.ceilDiv(rows, lanes);
    }

    /** Returns the number of pieces. */
    public int pieces() {
        return Math.ceilDiv(columns, blockColumns) * blockPieces();
    }

    /** Returns how many columns the block of a column has. */
    public int steps(int column) {
        return Math.min(blockColumns, columns - column / blockColumns * blockColumns);
    }

    /** Returns the piece that an element is in. */
    public int piece(int row, int column) {
        return column / blockColumns * blockPieces() + row / lanes / pieceStrips;
    }

    /** Returns an element's distance from its piece's first. */
    public int at(int row, int column) {
        int strip = row / lanes % pieceStrips;
        return (strip * steps(column) + column % blockColumns) * lanes + row % lanes;
    }

    /** Returns the number of elements in a piece. */
    public int elements(int piece) {
        int first = piece % blockPieces() * pieceStrips;
        int count = Math.min(pieceStrips, strips() - first);
        return count * steps(piece / blockPieces() * blockColumns) * lanes;
    }

    private int blockPieces() {
        return Math.ceilDiv(strips(), pieceStrips);
    }
}
