package glimpse.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width, chosen once: the machine's preferred one, or the value of the system property
 * {@code glimpse.vector.bits} (128, 256 or 512). Constants, so that the compiler can fold every use.
 */
final class VectorShape {
    /** The species of all vectors but those of tails and tiles. */
    static final VectorSpecies<Float> SPECIES = choose();

    /** Floats in a vector. */
    static final int LANES = SPECIES.length();

    /** Tokens in a panel. */
    static final int PANEL = 2 * LANES;

    /** Whether 8 x 2 vectors of accumulators fit the registers: AVX2 has 16, AVX-512 and NEON 32. */
    static final boolean MANY_REGISTERS =
            SPECIES.vectorBitSize() != 256 || FloatVector.SPECIES_PREFERRED.vectorBitSize() > 256;

    private VectorShape() {}

    private static VectorSpecies<Float> choose() {
        int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        int bits = Integer.getInteger("glimpse.vector.bits", Math.clamp(preferred, 128, 512));
        return switch (bits) {
            case 128 -> FloatVector.SPECIES_128;
            case 256 -> FloatVector.SPECIES_256;
            case 512 -> FloatVector.SPECIES_512;
            default ->
                throw new IllegalArgumentException("glimpse.vector.bits is " + bits + ", expected 128, 256 or 512");
        };
    }
}
