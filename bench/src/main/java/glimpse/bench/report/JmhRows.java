package glimpse.bench.report;

import glimpse.bench.work.PeakProfiler;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Makes rows from JMH's results, counting every iteration of every fork as one measurement. */
final class JmhRows {
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final double NANOS_PER_MILLI = 1e6;

    private JmhRows() {}

    static ResultRow row(Subset subset, RunResult run) {
        BenchmarkParams benchmark = run.getParams();
        double unitMillis = TimeUnit.NANOSECONDS.convert(1, benchmark.getTimeUnit()) / NANOS_PER_MILLI;
        List<IterationResult> iterations = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            iterations.addAll(fork.getIterationResults());
        }
        double[] millis = iterations.stream()
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore() * unitMillis)
                .toArray();
        return new ResultRow(
                subset.text(),
                name(benchmark),
                parameters(benchmark),
                Sample.of(millis),
                unit(iterations),
                median(iterations, PeakProfiler.RATE),
                median(iterations, PeakProfiler.SHARE),
                median(iterations, ALLOCATION));
    }

    private static String name(BenchmarkParams benchmark) {
        String name = benchmark.getBenchmark();
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }

    private static SortedMap<String, String> parameters(BenchmarkParams benchmark) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String key : benchmark.getParamsKeys()) {
            parameters.put(key, benchmark.getParam(key));
        }
        return parameters;
    }

    private static String unit(List<IterationResult> iterations) {
        Result<?> rate = iterations.getFirst().getSecondaryResults().get(PeakProfiler.RATE);
        return rate == null ? "" : rate.getScoreUnit();
    }

    private static OptionalDouble median(List<IterationResult> iterations, String name) {
        List<Double> values = new ArrayList<>();
        for (IterationResult iteration : iterations) {
            Result<?> result = iteration.getSecondaryResults().get(name);
            if (result != null) {
                values.add(result.getScore());
            }
        }
        return values.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Sample.of(
                                values.stream().mapToDouble(Double::doubleValue).toArray())
                        .median());
    }
}
