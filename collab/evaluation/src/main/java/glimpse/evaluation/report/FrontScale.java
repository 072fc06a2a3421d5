package glimpse.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis of a chart: which length along it stands for which value.
 *
 * @param low value at its beginning
 * @param high value at its end
 * @param logarithmic whether equal ratios are equally long; the ends are positive
 * @param ticks the values that are written beside it, round and ascending
 */
record FrontScale(double low, double high, boolean logarithmic, List<Double> ticks) {
    private static final int MOST_TICKS = 9;
    private static final double EXCESS = 1e-9;

    FrontScale {
        ticks = List.copyOf(ticks);
    }

    /** Returns a linear scale with round ticks. */
    static FrontScale linear(double low, double high) {
        double step = step((high - low) / MOST_TICKS);
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - EXCESS); i * step <= high * (1 + EXCESS); i++) {
            ticks.add(i * step);
        }
        return new FrontScale(low, high, false, ticks);
    }

    /** Returns the least of 1, 2 or 5 times a power of ten that is at least as much. */
    private static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return DoubleStream.of(1, 2, 5, 10)
                .map(factor -> factor * power)
                .filter(step -> step >= least * (1 - EXCESS))
                .findFirst()
                .orElse(10 * power);
    }

    /** Returns a logarithmic scale with ticks at 1, 2 and 5 times powers of ten. */
    static FrontScale logarithmic(double low, double high) {
        List<Double> ticks = new ArrayList<>();
        for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= high; power *= 10) {
            for (int factor : new int[] {1, 2, 5}) {
                if (factor * power >= low && factor * power <= high) {
                    ticks.add(factor * power);
                }
            }
        }
        return new FrontScale(low, high, true, ticks);
    }

    /** Returns where a value lies: 0 at the beginning, 1 at the end. */
    double at(double value) {
        return logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    }
}
