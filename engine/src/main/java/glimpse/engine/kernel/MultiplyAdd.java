package glimpse.engine.kernel;

/**
 * Computes {@code a * b + c}. Where the processor has an instruction for it, the sum is rounded once. Elsewhere
 * {@code Math.fma} would compute with BigDecimal, thousands of times slower; there the product is rounded, too, and
 * results differ in their last bits. The choice is a constant that compilers fold.
 */
final class MultiplyAdd {
    /** Whether the sum is rounded once. */
    static final boolean FUSED = VirtualMachine.CURRENT.fused();

    private MultiplyAdd() {}

    static float of(float a, float b, float c) {
        return FUSED ? Math.fma(a, b, c) : a * b + c;
    }
}
