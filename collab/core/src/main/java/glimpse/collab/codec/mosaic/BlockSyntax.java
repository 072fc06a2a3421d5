package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.BitCoder;
import glimpse.collab.codec.entropy.Model;
import java.util.Arrays;

/**
 * How a block's levels are coded, in both directions, and what that costs: first the last diagonal that has a level,
 * then the levels from there down to the first one. Not safe for use by several threads.
 */
final class BlockSyntax {
    /** Magnitudes from here on are coded with an escape. */
    private static final int ESCAPE = 15;

    private static final int MAX_ESCAPE_LENGTH = 15;

    /** The size of a sum of magnitudes, 0..11; that of the last one for all above. */
    private static final byte[] SIZES = sizes(0, 1, 2, 3, 4, 5, 7, 10, 15, 21, 31, 46);

    private final Model model;
    private int quality;
    private int type;
    private int side;
    private int near;
    private int predicted;
    private int[] other = Block.NO_LEVELS;
    private int around;
    private int wide;

    BlockSyntax(Model model) {
        this.model = model;
    }

    /** Begins a patch of a quality, as {@link Contexts#quality} tells them apart. */
    void begin(int ofPatch) {
        quality = ofPatch;
    }

    /**
     * Begins a block.
     *
     * @param near 0..5: how much there is in blocks beside it
     * @param predicted whether it's predicted from samples beside it, 0 or 1
     * @param other the levels of Cb for a block of Cr
     */
    void begin(BlockType type, int side, int near, int predicted, int[] other) {
        this.type = type.index();
        this.side = side;
        this.near = near;
        this.predicted = predicted;
        this.other = other;
    }

    /** Returns the last diagonal of a block of this side. */
    int maxDiagonal() {
        return 2 * side - 2;
    }

    /**
     * Codes levels.
     *
     * @param levels a decoder's are zeros before
     * @param last the last diagonal that has a level, or -1; a decoder ignores it
     * @return the last diagonal
     */
    int code(BitCoder coder, int[] levels, int last) {
        int found = -1;
        while (found < maxDiagonal()) {
            lastContexts(found + 1);
            if (model.code(coder, last > found ? 1 : 0, lastSet(found + 1)) == 0) {
                break;
            }
            found++;
        }
        boolean none = true;
        for (int d = found; d >= 0; d--) {
            int to = Math.min(d, side - 1);
            for (int u = Math.max(0, d - side + 1); u <= to; u++) {
                int at = (d - u) * Block.STRIDE + u;
                look(levels, at, u);
                boolean implied = none && d == found && u == to;
                if (implied || codeNonzero(coder, levels[at], u, d - u)) {
                    levels[at] = d == 0 ? codeFirst(coder, levels[at]) : codeLevel(coder, levels[at], d);
                    none = false;
                }
            }
        }
        return found;
    }

    private boolean codeNonzero(BitCoder coder, int level, int u, int v) {
        nonzeroContexts(u, v);
        return model.code(coder, level != 0 ? 1 : 0, nonzeroSet(u + v)) != 0;
    }

    private int codeLevel(BitCoder coder, int level, int diagonal) {
        int magnitude = codeMagnitude(coder, Math.abs(level), diagonal);
        return coder.code(level < 0 ? 1 : 0, BitCoder.EVEN) != 0 ? -magnitude : magnitude;
    }

    private int codeMagnitude(BitCoder coder, int magnitude, int diagonal) {
        moreContexts(diagonal);
        if (model.code(coder, magnitude > 1 ? 1 : 0, Contexts.SET_MORE + type) == 0) {
            return 1;
        }
        for (int k = 2; k < ESCAPE; k++) {
            higherContexts(k);
            if (model.code(coder, magnitude > k ? 1 : 0, Contexts.SET_HIGHER + type) == 0) {
                return k;
            }
        }
        return ESCAPE + codeEscape(coder, magnitude - ESCAPE);
    }

    /** Codes a value from 0 on: ones for the length of value + 1, a zero, then its bits after the first. */
    private static int codeEscape(BitCoder coder, int value) {
        int length = 0;
        while (length < MAX_ESCAPE_LENGTH && coder.code((value + 1) >> length > 1 ? 1 : 0, BitCoder.EVEN) != 0) {
            length++;
        }
        return (1 << length | coder.codeEven(value + 1, length)) - 1;
    }

    /** Codes the level of the lowest frequency: its length, the bits after the first, and its sign. */
    private int codeFirst(BitCoder coder, int level) {
        int magnitude = Math.abs(level);
        int length = 0;
        while (length < MAX_ESCAPE_LENGTH) {
            firstContexts(length);
            if (model.code(coder, magnitude >> length > 1 ? 1 : 0, Contexts.SET_FIRST + type) == 0) {
                break;
            }
            length++;
        }
        int coded = 1;
        if (length > 0) {
            model.see(Contexts.FIRST_TOP + type * 16 + length);
            coded = 2 | model.code(coder, (magnitude >> (length - 1)) & 1, Contexts.SET_FIRST_TOP);
            coded = (coded << (length - 1)) | coder.codeEven(magnitude, length - 1);
        }
        model.see(Contexts.FIRST_SIGN + type * 2 + predicted);
        return model.code(coder, level < 0 ? 1 : 0, Contexts.SET_FIRST_SIGN) != 0 ? -coded : coded;
    }

    /** Looks at the levels of higher frequencies around a place. */
    private void look(int[] levels, int at, int u) {
        int row = Block.STRIDE;
        int diagonal = Math.abs(levels[at + row + 1]) + Math.abs(levels[at + 2]) + Math.abs(levels[at + 2 * row]);
        around = size(2 * (Math.abs(levels[at + 1]) + Math.abs(levels[at + row])) + diagonal);
        int sum = diagonal
                + Math.abs(levels[at + 3])
                + Math.abs(levels[at + row + 2])
                + Math.abs(levels[at + 2 * row + 1])
                + Math.abs(levels[at + 2 * row + 2])
                + Math.abs(levels[at + 3 * row]);
        if (u > 0) {
            sum += 2 * Math.abs(levels[at + row - 1]) + Math.abs(levels[at + 2 * row - 1]);
            if (u > 1) {
                sum += Math.abs(levels[at + 2 * row - 2]);
            }
        }
        wide = size(sum);
    }

    private static int size(int sum) {
        return SIZES[Math.min(sum, SIZES.length - 1)];
    }

    private static byte[] sizes(int... from) {
        byte[] sizes = new byte[from[from.length - 1] + 1];
        for (int i = 0; i < from.length; i++) {
            Arrays.fill(sizes, from[i], sizes.length, (byte) i);
        }
        return sizes;
    }

    private void lastContexts(int diagonal) {
        model.see(
                Contexts.LAST_NEAR + (type * 6 + near) * 32 + diagonal,
                Contexts.LAST_QUALITY + (type * Contexts.QUALITIES + quality) * 32 + diagonal);
    }

    private int lastSet(int diagonal) {
        return Contexts.SET_LAST + type * 3 + (diagonal == 0 ? 0 : diagonal < 5 ? 1 : 2);
    }

    private void nonzeroContexts(int u, int v) {
        int band = band(u + v);
        int place = Contexts.NONZERO_PLACE + type * 96 + (u < 8 && v < 8 ? v * 8 + u : 56 + u + v);
        int aroundBand = Contexts.NONZERO_AROUND + (type * 12 + around) * 8 + band;
        int wideAround = Contexts.NONZERO_WIDE + (type * 12 + wide) * 12 + around;
        if (type != BlockType.CR.index()) {
            model.see(place, aroundBand, wideAround);
        } else {
            int at = v * Block.STRIDE + u;
            int beside = Math.abs(other[at + 1])
                    + Math.abs(other[at + Block.STRIDE])
                    + (u > 0 ? Math.abs(other[at - 1]) : 0)
                    + (v > 0 ? Math.abs(other[at - Block.STRIDE]) : 0);
            int same = Math.min(3, Math.abs(other[at])) * 4 + Math.min(3, beside);
            model.see(place, aroundBand, wideAround, Contexts.NONZERO_OTHER + same * 8 + band);
        }
    }

    private int nonzeroSet(int diagonal) {
        return Contexts.SET_NONZERO + type * 3 + (diagonal == 0 ? 0 : diagonal < 5 ? 1 : 2);
    }

    private static int band(int diagonal) {
        return diagonal < 4 ? diagonal : diagonal < 6 ? 4 : diagonal < 9 ? 5 : diagonal < 14 ? 6 : 7;
    }

    private void moreContexts(int diagonal) {
        model.see(
                Contexts.MORE_AROUND + (type * 12 + around) * 8 + band(diagonal),
                Contexts.MORE_WIDE + (type * 12 + wide) * 12 + around);
    }

    private void higherContexts(int k) {
        model.see(
                Contexts.HIGHER_AROUND + (type * 12 + around) * 16 + k,
                Contexts.HIGHER_WIDE + (type * 12 + wide) * 8 + Math.min(k, 7));
    }

    private void firstContexts(int length) {
        model.see(
                Contexts.FIRST_PREDICTED + (type * 2 + predicted) * 16 + length,
                Contexts.FIRST_QUALITY + (type * Contexts.QUALITIES + quality) * 16 + length);
    }

    /** Returns the bits of one decision about the last diagonal: whether it's this one or a later one. */
    float lastBits(int diagonal, boolean reached) {
        lastContexts(diagonal);
        return model.bits(reached ? 1 : 0, lastSet(diagonal));
    }

    /** Returns the probability that a level isn't zero, and looks at those around it for {@link #levelBits}. */
    int nonzeroProbability(int[] levels, int u, int v) {
        look(levels, v * Block.STRIDE + u, u);
        nonzeroContexts(u, v);
        return model.probability(nonzeroSet(u + v));
    }

    /** Returns the bits of a level that isn't zero, at the place that was looked at last. */
    float levelBits(int magnitude, int diagonal) {
        float bits = 1;
        if (diagonal == 0) {
            int length = 31 - Integer.numberOfLeadingZeros(magnitude);
            for (int i = 0; i <= length; i++) {
                firstContexts(i);
                bits += model.bits(i < length ? 1 : 0, Contexts.SET_FIRST + type);
            }
            return bits + length;
        }
        moreContexts(diagonal);
        bits += model.bits(magnitude > 1 ? 1 : 0, Contexts.SET_MORE + type);
        for (int k = 2; k < ESCAPE && k <= magnitude; k++) {
            higherContexts(k);
            bits += model.bits(magnitude > k ? 1 : 0, Contexts.SET_HIGHER + type);
        }
        if (magnitude >= ESCAPE) {
            bits += 1 + 2 * (31 - Integer.numberOfLeadingZeros(magnitude - ESCAPE + 1));
        }
        return bits;
    }
}
