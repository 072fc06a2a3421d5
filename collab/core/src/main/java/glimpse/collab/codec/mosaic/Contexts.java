package glimpse.collab.codec.mosaic;

/** Where the contexts of each kind of decision begin in the model's table, and the sets of weights in theirs. */
final class Contexts {
    /** Qualities are told apart by tens. */
    static final int QUALITIES = 10;

    private static final int TYPES = BlockType.COUNT;

    // whether the last diagonal with a level is this one or a later one
    static final int LAST_NEAR = 0; // [type][6 near][32 diagonal]
    static final int LAST_QUALITY = LAST_NEAR + TYPES * 6 * 32; // [type][quality][32 diagonal]
    // whether a level isn't 0
    static final int NONZERO_PLACE = LAST_QUALITY + TYPES * QUALITIES * 32; // [type][96 place]
    static final int NONZERO_AROUND = NONZERO_PLACE + TYPES * 96; // [type][12 around][8 band]
    static final int NONZERO_WIDE = NONZERO_AROUND + TYPES * 12 * 8; // [type][12 wide][12 around]
    static final int NONZERO_OTHER = NONZERO_WIDE + TYPES * 12 * 12; // [4 same][4 beside][8 band]
    // whether a magnitude is more than 1
    static final int MORE_AROUND = NONZERO_OTHER + 4 * 4 * 8; // [type][12 around][8 band]
    static final int MORE_WIDE = MORE_AROUND + TYPES * 12 * 8; // [type][12 wide][12 around]
    // whether it is more than 2, 3 ...
    static final int HIGHER_AROUND = MORE_WIDE + TYPES * 12 * 12; // [type][12 around][16 k]
    static final int HIGHER_WIDE = HIGHER_AROUND + TYPES * 12 * 16; // [type][12 wide][8 k]
    // the level of the lowest frequency
    static final int FIRST_PREDICTED = HIGHER_WIDE + TYPES * 12 * 8; // [type][2 predicted][16 length]
    static final int FIRST_QUALITY = FIRST_PREDICTED + TYPES * 2 * 16; // [type][quality][16 length]
    static final int FIRST_TOP = FIRST_QUALITY + TYPES * QUALITIES * 16; // [type][16 length]
    static final int FIRST_SIGN = FIRST_TOP + TYPES * 16; // [type][2 predicted]
    // whether luma is split
    static final int SPLIT = FIRST_SIGN + TYPES * 2; // [2 side][6 near]
    static final int SPLIT_QUALITY = SPLIT + 2 * 6; // [2 side][quality]
    // modes
    static final int MODE = SPLIT_QUALITY + 2 * QUALITIES; // [type][4 sides][4 decision]
    // a patch's offset
    static final int OFFSET = MODE + TYPES * 4 * 4; // [3 beside][2 + OffsetSyntax.MAX decision]
    // whether there is a patch
    static final int POSITION_AROUND =
            OFFSET + 3 * (2 + OffsetSyntax.MAX); // [3 left][3 above][3 above left][3 above right]
    static final int POSITION_PLACE = POSITION_AROUND + 3 * 3 * 3 * 3; // [8 column][8 row]
    static final int POSITION_SHARE = POSITION_PLACE + 8 * 8; // [32 share]

    /** The number of contexts. */
    static final int COUNT = POSITION_SHARE + 32;

    static final int SET_LAST = 0; // [type][3 diagonal]
    static final int SET_NONZERO = SET_LAST + TYPES * 3; // [type][3 diagonal]
    static final int SET_MORE = SET_NONZERO + TYPES * 3; // [type]
    static final int SET_HIGHER = SET_MORE + TYPES; // [type]
    static final int SET_FIRST = SET_HIGHER + TYPES; // [type]
    static final int SET_FIRST_TOP = SET_FIRST + TYPES;
    static final int SET_FIRST_SIGN = SET_FIRST_TOP + 1;
    static final int SET_SPLIT = SET_FIRST_SIGN + 1;
    static final int SET_MODE = SET_SPLIT + 1;
    static final int SET_OFFSET = SET_MODE + 1;
    static final int SET_POSITION = SET_OFFSET + 1;

    /** The number of sets of weights. */
    static final int SETS = SET_POSITION + 1;

    private Contexts() {}

    /** Returns which tens a quality, 1..99, belongs to. */
    static int quality(int quality) {
        return quality / 10;
    }
}
