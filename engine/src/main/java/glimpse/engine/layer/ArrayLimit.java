package glimpse.engine.layer;

/** What fits an array: a batch that needs more is refused before anything is allocated. */
final class ArrayLimit {
    /** Less than the virtual machine's limit by more than any padding. */
    private static final long MOST = Integer.MAX_VALUE - 1024;

    private ArrayLimit() {}

    /**
     * Checks a number of floats.
     *
     * @throws IllegalArgumentException naming the limit
     */
    static int check(long floats, String what) {
        if (floats < 0 || floats > MOST) {
            throw new IllegalArgumentException("the batch is too large: its " + what + " take " + floats
                    + " floats, expected at most " + MOST + "; run it in smaller batches");
        }
        return (int) floats;
    }
}
