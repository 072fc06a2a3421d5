package glimpse.engine.image;

/**
 * The input samples that each output sample of a resampled line is computed from, and their weights, which sum to 1.
 */
final class FilterWeights {
    private final int taps;
    private final int[] first; // [outputs]
    private final int[] count; // [outputs], 1..taps
    private final double[] weights; // [outputs][taps], zeros beyond count

    private FilterWeights(int outputs, int taps) {
        this.taps = taps;
        this.first = new int[outputs];
        this.count = new int[outputs];
        this.weights = new double[outputs * taps];
    }

    /**
     * Returns the weights of outputs {@code from..to-1} when a line of {@code inputs} samples is resampled to
     * {@code outputs}.
     *
     * @param inputs length of the line
     * @param outputs length of the whole resampled line
     * @param from first output wanted
     * @param to index after the last output wanted
     */
    static FilterWeights of(int inputs, int outputs, int from, int to, Interpolation interpolation) {
        double scale = (double) inputs / outputs;
        double stretch = Math.max(scale, 1);
        double support = interpolation.support() * stretch;
        FilterWeights filter = new FilterWeights(to - from, Math.min((int) Math.ceil(support) * 2 + 1, inputs));
        for (int i = 0; i < to - from; i++) {
            double centre = (from + i + 0.5) * scale;
            int first = Math.max((int) (centre - support + 0.5), 0);
            int count = Math.min((int) (centre + support + 0.5), inputs) - first;
            filter.first[i] = first;
            filter.count[i] = count;
            double sum = 0;
            for (int k = 0; k < count; k++) {
                // Multiply by the reciprocal, as Pillow does: a quotient differs in the last bit.
                double weight = interpolation.weight((k + first - centre + 0.5) * (1 / stretch));
                filter.weights[i * filter.taps + k] = weight;
                sum += weight;
            }
            for (int k = 0; k < count; k++) {
                filter.weights[i * filter.taps + k] /= sum;
            }
        }
        return filter;
    }

    int outputs() {
        return first.length;
    }

    /** Returns the largest number of weights of one output. */
    int taps() {
        return taps;
    }

    /** Returns the first input that an output is computed from. */
    int first(int output) {
        return first[output];
    }

    /** Returns the number of inputs that an output is computed from. */
    int count(int output) {
        return count[output];
    }

    /** Returns the first input that any output is computed from. */
    int firstInput() {
        return first[0];
    }

    /** Returns the index after the last input that any output is computed from. */
    int endInput() {
        return first[first.length - 1] + count[count.length - 1];
    }

    /** Returns the weights in fixed point with {@code bits} fractional bits, rounded half away from zero. */
    int[] fixedPoint(int bits) {
        int[] fixed = new int[weights.length]; // [outputs][taps]
        for (int i = 0; i < fixed.length; i++) {
            double scaled = weights[i] * (1 << bits);
            fixed[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
        return fixed;
    }
}
