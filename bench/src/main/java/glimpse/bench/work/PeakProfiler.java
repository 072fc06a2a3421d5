package glimpse.bench.work;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds the achieved rate and its share of the machine's peak to every JMH iteration. The peak is measured in the same
 * process just before the iteration, with as many threads as the benchmark's parameter {@code threads} gives (one if it
 * has none), so that changes of the clock and load from other processes affect both.
 */
public final class PeakProfiler implements InternalProfiler {
    /** Name of the secondary result with the achieved rate, in GFLOP/s or GB/s. */
    public static final String RATE = "rate";
    /** Name of the secondary result with the rate's share of the peak, in percent. */
    public static final String SHARE = "share";

    private static final long MIN_WARM_UP_NANOS = 300_000_000;
    private static final long MAX_WARM_UP_NANOS = 4_000_000_000L;
    private static final double STEADY_RATIO = 1.02;
    private static final int STEADY_PEAKS = 5;

    private boolean warm;
    private double peakPerNano;

    /** Called by JMH. */
    public PeakProfiler() {}

    @Override
    public String getDescription() {
        return "achieved rate, and its share of a peak measured in the same fork";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (!warm) {
            warmUp(benchmark);
            warm = true;
        }
        peakPerNano = peakPerNano(benchmark);
    }

    /** Measures the peak until its loops are compiled, that is, until it no longer rises. */
    private static void warmUp(BenchmarkParams benchmark) {
        long begin = System.nanoTime();
        double best = 0;
        int steady = 0;
        for (long passed = 0; passed < MAX_WARM_UP_NANOS; passed = System.nanoTime() - begin) {
            double peak = peakPerNano(benchmark);
            steady = peak > STEADY_RATIO * best ? 0 : steady + 1;
            best = Math.max(best, peak);
            if (steady >= STEADY_PEAKS && passed > MIN_WARM_UP_NANOS) {
                return;
            }
        }
    }

    private static double peakPerNano(BenchmarkParams benchmark) {
        int threads = threads(benchmark);
        return switch (work(benchmark)) {
            case Work.Flops flops -> MachinePeak.flopsPerNano(threads);
            case Work.Bytes bytes -> MachinePeak.bytesPerNano(threads, bytes.count());
            case Work.Unknown unknown -> 0;
        };
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double nanos = result.getPrimaryResult().getScore() * TimeUnit.NANOSECONDS.convert(1, benchmark.getTimeUnit());
        Work work = work(benchmark);
        double count = switch (work) {
            case Work.Flops flops -> flops.count();
            case Work.Bytes bytes -> bytes.count();
            case Work.Unknown unknown -> 0;
        };
        if (count == 0) {
            return List.of();
        }
        double rate = count / nanos;
        return List.of(
                new ScalarResult(RATE, rate, unit(work), AggregationPolicy.AVG),
                new ScalarResult(SHARE, 100 * rate / peakPerNano, "%", AggregationPolicy.AVG));
    }

    private static String unit(Work work) {
        return work instanceof Work.Flops ? "GFLOP/s" : "GB/s";
    }

    private static Work work(BenchmarkParams benchmark) {
        String name = benchmark.getBenchmark();
        int method = name.lastIndexOf('.');
        return NominalWork.of(name.substring(name.lastIndexOf('.', method - 1) + 1), benchmark::getParam);
    }

    private static int threads(BenchmarkParams benchmark) {
        return benchmark.getParamsKeys().contains("threads") ? Integer.parseInt(benchmark.getParam("threads")) : 1;
    }
}
