package glimpse.bench.work;

/** The least work that one operation of a benchmark has to do, by what limits it. */
public sealed interface Work {
    /**
     * Work limited by arithmetic.
     *
     * @param count floating-point operations, two per multiply-add
     */
    record Flops(double count) implements Work {}

    /**
     * Work limited by memory or cache bandwidth.
     *
     * @param count bytes read plus bytes written, each value counted once
     */
    record Bytes(double count) implements Work {}

    /** Work without a known peak. */
    record Unknown() implements Work {}
}
