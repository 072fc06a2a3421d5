package glimpse.evaluation.io;

/** Numbers of things in messages. */
public final class Counted {
    private Counted() {}

    /** Returns a number and the noun in its form for it, {@code 1 image} or {@code 2 images}. */
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
