package glimpse.convert.naming;

import java.util.OptionalInt;

/** How a position table's rows divide into tokens before the patches and a square of patches. */
final class PositionTable {
    private PositionTable() {}

    /**
     * The number of rows that belong to tokens before the patches: all of those tokens, or the class token alone, or none;
     * empty if no choice leaves a square.
     */
    static OptionalInt positionedPrefixTokens(long rows, int prefixTokens) {
        for (int positioned : new int[] {prefixTokens, Math.min(1, prefixTokens), 0}) {
            if (isSquare(rows - positioned)) {
                return OptionalInt.of(positioned);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isSquare(long number) {
        long root = root(number);
        return number > 0 && root * root == number;
    }

    /** The integer nearest to the square root. */
    static int root(long number) {
        return (int) Math.round(Math.sqrt((double) number));
    }
}
