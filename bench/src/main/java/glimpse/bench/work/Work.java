package glimpse.bench.work;

/** What one operation of a benchmark has to do at least, by what limits it. */
public sealed interface Work {
    /**
     * Limited by arithmetic.
     *
     * @param count floating-point operations, two a multiply-add
     */
    record Flops(double count) implements Work {}

    /**
     * Limited by memory or cache.
     *
     * @param count bytes read and written, each value once
     */
    record Bytes(double count) implements Work {}

    /** Nothing that a peak is known for. */
    record Unknown() implements Work {}
}
