package glimpse.bench.report;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Result rows for tests. */
final class Rows {
    private Rows() {}

    static ResultRow row(String benchmark, Map<String, String> parameters, double... millis) {
        return new ResultRow(
                "models",
                benchmark,
                new TreeMap<>(parameters),
                Sample.of(millis),
                "GFLOP/s",
                OptionalDouble.of(101.25),
                OptionalDouble.of(87.5),
                OptionalDouble.of(0));
    }
}
