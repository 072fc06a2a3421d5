package glimpse.collab.codec.mosaic;

import java.util.List;
import java.util.stream.Stream;

/** The blocks of a square of a patch: luma in one block or in four quarters, and chroma. Mutable. */
final class Unit {
    private static final int SMALLEST = 4;

    final int side;
    final Block whole;

    /** Left to right, top to bottom; none in a unit of 4 pixels. */
    final List<Block> quarters;

    /** Cb and Cr; none of a grey patch. */
    final List<Block> chroma;

    boolean split;

    Unit(int side, int channels) {
        this.side = side;
        whole = new Block(BlockType.luma(side), side);
        quarters = side == SMALLEST
                ? List.of()
                : Stream.generate(() -> new Block(BlockType.luma(side / 2), side / 2))
                        .limit(4)
                        .toList();
        chroma = channels == 1 ? List.of() : List.of(new Block(BlockType.CB, side), new Block(BlockType.CR, side));
    }

    /** Moves to a place of a patch, without levels. */
    void begin(int x, int y) {
        split = false;
        whole.begin(x, y);
        for (int i = 0; i < quarters.size(); i++) {
            quarters.get(i).begin(x + (i & 1) * side / 2, y + (i >> 1) * side / 2);
        }
        chroma.forEach(block -> block.begin(x, y));
    }

    /** Returns the blocks of luma in use. */
    List<Block> luma() {
        return split ? quarters : List.of(whole);
    }
}
