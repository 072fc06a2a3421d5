package glimpse.engine;

/** Checks indices and names the one that is out of range. */
final class Indices {
    private Indices() {}

    /**
     * Checks that an index is in 0..size-1.
     *
     * @throws IndexOutOfBoundsException naming the index, its value and its range
     */
    static void check(String name, int index, int size) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(
                    name + " is " + index + ", expected " + (size == 0 ? "none: there are none" : "0.." + (size - 1)));
        }
    }
}
