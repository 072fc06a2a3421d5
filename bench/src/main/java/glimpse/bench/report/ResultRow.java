package glimpse.bench.report;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured of one benchmark with one set of parameters.
 *
 * @param subset its group
 * @param benchmark class and method
 * @param parameters by name
 * @param millis time of one operation
 * @param unit what {@code rate} is in; empty without a rate
 * @param rate achieved, median
 * @param sharePercent of the peak measured beside it, median
 * @param allocatedBytes by one operation, median
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

    /** The parameters as text: {@code batch=1 model=TINY}. */
    String parameterText() {
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
