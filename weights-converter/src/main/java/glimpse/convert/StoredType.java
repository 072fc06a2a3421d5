package glimpse.convert;

import glimpse.engine.weights.DType;
import java.util.Locale;

/**
 * The types that a converted file can store weights in. Four bits aren't among them: with a scale and a minimum for
 * each 32 weights (ggml's q4_1), DeiT-Tiny loses 4 points of top-1 accuracy on 500 ImageNet images, and 0.8 points
 * where the ranges are searched for the least squared error.
 */
public enum StoredType {
    /** 32-bit floats: the source's weights, exactly (but for F64, which is rounded). */
    F32(DType.F32),
    /** IEEE 754 half precision, rounded to nearest even. */
    F16(DType.F16),
    /** The upper half of a 32-bit float, rounded to nearest even. */
    BF16(DType.BF16),
    /** Matrices as integers -127..127 with a 32-bit scale per row, everything else as {@link #F32}. */
    INT8(DType.I8);

    private final DType dtype;

    StoredType(DType dtype) {
        this.dtype = dtype;
    }

    /** Returns the safetensors type of the matrices. */
    DType dtype() {
        return dtype;
    }

    /** Returns the name in lower case, as the command line writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
