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

    /**
     * Vectors in a panel: 8 rows by two take 16 accumulators of 32 registers, 2 rows by six take 12 of 16. At 128 bits
     * 4 rows by six take 24 of 32: two would be a panel of 8 tokens, and few multiply-adds for each load.
     */
    static final int VECTORS =
            SPECIES.vectorBitSize() == 128 || (SPECIES.vectorBitSize() == 256 && registers() == 16) ? 6 : 2;

    /** Tokens in a panel. */
    static final int PANEL = VECTORS * LANES;

    private VectorShape() {}

    /**
     * Returns how many vector registers there are: AVX2 has 16, AVX-512, NEON and SVE have 32. The system property
     * {@code glimpse.vector.registers} overrides it.
     */
    private static int registers() {
        boolean arm = System.getProperty("os.arch", "").equals("aarch64");
        boolean avx2 = FloatVector.SPECIES_PREFERRED.vectorBitSize() == 256 && !arm;
        int registers = Integer.getInteger("glimpse.vector.registers", avx2 ? 16 : 32);
        if (registers != 16 && registers != 32) {
            throw new IllegalArgumentException("glimpse.vector.registers is " + registers + ", expected 16 or 32");
        }
        return registers;
    }

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
