package glimpse.bench.report;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of one benchmark with one set of parameters.
 *
 * @param subset the subset that the benchmark belongs to
 * @param benchmark class and method
 * @param parameters values by name
 * @param millis time per operation
 * @param unit unit of {@code rate}; empty without a rate
 * @param rate median of the achieved rate
 * @param sharePercent median of the rate's share of the peak
 * @param allocatedBytes median allocation per operation
 */
public record ResultRow(
        String subset,
        String benchmark,
        SortedMap<String, String> parameters,
        Sample millis,
        String unit,
        OptionalDouble rate,
        OptionalDouble sharePercent,
        OptionalDouble allocatedBytes) {
    /** Keeps a copy of the parameters. */
    public ResultRow {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** Returns the parameters as text: {@code batch=1 model=TINY}. */
    String parameterText() {
        return text(parameters);
    }

    /** Returns parameters as text, in the order of their names. */
    static String text(SortedMap<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(parameter.getKey())
                    .append('=')
                    .append(parameter.getValue());
        }
        return text.toString();
    }
}
