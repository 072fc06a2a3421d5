package glimpse.collab.codec.mosaic;

/** What a block holds; each type has contexts of its own. */
enum BlockType {
    LUMA_16(0, 0, 16),
    LUMA_8(1, 0, 8),
    LUMA_4(2, 0, 4),
    CB(3, 1, 0),
    CR(4, 2, 0);

    /** The number of types. */
    static final int COUNT = 5;

    private final int index;
    private final int channel;
    private final int side; // 0 for a unit's

    BlockType(int index, int channel, int side) {
        this.index = index;
        this.channel = channel;
        this.side = side;
    }

    /** Returns the type of a block of luma. */
    static BlockType luma(int side) {
        return side == 16 ? LUMA_16 : side == 8 ? LUMA_8 : LUMA_4;
    }

    /** Returns the number by which the format tells types apart, 0..4. */
    int index() {
        return index;
    }

    /** Returns the plane of the block's samples. */
    int channel() {
        return channel;
    }

    /** Returns the pixels along a block's side in units of this side. */
    int side(int unit) {
        return side == 0 ? unit : side;
    }

    /** Returns how many frequencies along a side have levels: chroma has only the lower half. */
    int kept(int side) {
        return channel == 0 ? side : side / 2;
    }
}
