package glimpse.convert.naming;

import java.util.OptionalInt;

/** Divides a position table's rows into those of prefix tokens and those of a square of patches. */
final class PositionTable {
    private PositionTable() {}

    /**
     * Returns the number of rows that belong to prefix tokens: to all of them, to the class token alone, or to none;
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

    /** Returns the integer nearest to the square root. */
    static int root(long number) {
        return (int) Math.round(Math.sqrt((double) number));
    }
}
