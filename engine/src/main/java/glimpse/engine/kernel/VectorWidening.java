package glimpse.engine.kernel;

import static glimpse.engine.kernel.Kernels.TILE;
import static glimpse.engine.kernel.VectorShape.LANES;
import static glimpse.engine.kernel.VectorShape.SPECIES;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Stored weights as floats, a vector at a time; less than a vector may be read and written past the last one. */
final class VectorWidening {
    private static final VectorSpecies<Byte> BYTES = LANES == 16 ? ByteVector.SPECIES_128 : ByteVector.SPECIES_64;
    private static final VectorSpecies<Short> SHORTS = switch (LANES) {
        case 16 -> ShortVector.SPECIES_256;
        case 8 -> ShortVector.SPECIES_128;
        default -> ShortVector.SPECIES_64;
    };
    private static final VectorSpecies<Integer> INTS = switch (LANES) {
        case 16 -> IntVector.SPECIES_512;
        case 8 -> IntVector.SPECIES_256;
        default -> IntVector.SPECIES_128;
    };
    private static final VectorMask<Float> SECOND_TILE = VectorMask.fromLong(SPECIES, 0xff00);

    private VectorWidening() {}

    static void bf16(short[] in, int in0, float factor, float[] out, int out0, int count) {
        for (int i = 0; i < count; i += LANES) {
            ((IntVector) ShortVector.fromArray(SHORTS, in, in0 + i).convertShape(VectorOperators.S2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, Short.SIZE)
                    .reinterpretAsFloats()
                    .mul(factor)
                    .intoArray(out, out0 + i);
        }
    }

    /** A vector of 16 lanes takes two steps of a tile at once. */
    static void bytes(
            byte[] in, int in0, int lanes, float[] scales, int s0, float factor, float[] out, int out0, int count) {
        if (lanes < LANES) {
            FloatVector scale = FloatVector.fromArray(SPECIES, scales, s0)
                    .blend(FloatVector.fromArray(SPECIES, scales, s0 - TILE), SECOND_TILE);
            scaled(in, in0, LANES, scale, factor, out, out0, count);
            return;
        }
        for (int lane = 0; lane < lanes; lane += LANES) {
            FloatVector scale = FloatVector.fromArray(SPECIES, scales, s0 + lane);
            scaled(in, in0 + lane, lanes, scale, factor, out, out0 + lane, count - lane);
        }
    }

    private static void scaled(
            byte[] in, int in0, int stride, FloatVector scale, float factor, float[] out, int out0, int count) {
        for (int i = 0; i < count; i += stride) {
            ((FloatVector) ByteVector.fromArray(BYTES, in, in0 + i).convertShape(VectorOperators.B2F, SPECIES, 0))
                    .mul(scale)
                    .mul(factor)
                    .intoArray(out, out0 + i);
        }
    }
}
