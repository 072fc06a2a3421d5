package glimpse.engine.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Checks sizes and offsets: each tensor is as long as its shape says, and there are no holes or overlaps. */
final class DataRanges {
    private DataRanges() {}

    static void check(String file, Collection<TensorInfo> tensors, long dataBytes) throws SafetensorsException {
        List<TensorInfo> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        long expected = 0;
        for (TensorInfo tensor : sorted) {
            checkSize(file, tensor);
            if (tensor.begin() != expected) {
                throw error(
                        tensor.begin() > expected ? Rule.HOLE : Rule.OVERLAP,
                        file,
                        tensor,
                        "data begins at " + tensor.begin() + ", expected " + expected);
            }
            expected = tensor.end();
        }
        if (expected != dataBytes) {
            throw new SafetensorsException(
                    Rule.DATA_END,
                    file,
                    "tensors end at byte " + expected + " of the data, but the file has " + dataBytes
                            + (expected > dataBytes ? " (is it truncated?)" : ""));
        }
    }

    private static void checkSize(String file, TensorInfo tensor) throws SafetensorsException {
        if (tensor.end() < tensor.begin()) {
            throw error(
                    Rule.OFFSET_ORDER,
                    file,
                    tensor,
                    "data_offsets end at " + tensor.end() + ", before they begin at " + tensor.begin());
        }
        long bits = bits(file, tensor);
        if (bits % Byte.SIZE != 0) {
            throw error(
                    Rule.PARTIAL_BYTE, file, tensor, bits + " bits of " + tensor.dtype() + " don't fill whole bytes");
        }
        if (tensor.sizeBytes() != bits / Byte.SIZE) {
            throw error(
                    Rule.SIZE_MISMATCH,
                    file,
                    tensor,
                    "data_offsets span " + tensor.sizeBytes() + " bytes, expected " + bits / Byte.SIZE + " for "
                            + tensor.dtype() + " " + Quoted.shape(tensor.shape()));
        }
    }

    /** Overflow is an error even if a later dimension is 0, as in the format's reference implementation. */
    private static long bits(String file, TensorInfo tensor) throws SafetensorsException {
        try {
            long product = 1;
            for (long dimension : tensor.shape()) {
                product = Math.multiplyExact(product, dimension);
            }
            return Math.multiplyExact(product, (long) tensor.dtype().bits());
        } catch (ArithmeticException e) {
            throw error(
                    Rule.SIZE_OVERFLOW,
                    file,
                    tensor,
                    "size of shape " + Quoted.shape(tensor.shape()) + " is beyond 2^63 bits");
        }
    }

    private static SafetensorsException error(Rule rule, String file, TensorInfo tensor, String what) {
        return new SafetensorsException(rule, file, "tensor " + Quoted.of(tensor.name()) + ": " + what);
    }
}
