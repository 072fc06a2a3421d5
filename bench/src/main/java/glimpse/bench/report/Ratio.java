package glimpse.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two results that differ in one parameter alone, divided.
 *
 * @param benchmark class and method
 * @param parameters what they have in common
 * @param title what is divided by what
 * @param value of the medians
 * @param low the most favourable quartiles
 * @param high the least favourable quartiles
 */
record Ratio(
        String benchmark, SortedMap<String, String> parameters, String title, double value, double low, double high) {

    /** Whose time is the divisor, and whether that is the row with the other value. */
    private record Rule(String parameter, String base, boolean speedUp) {}

    private static final List<Rule> RULES = List.of(
            new Rule("engine", "GLIMPSE", true),
            new Rule("threads", "1", true),
            new Rule("patches", "196", false),
            new Rule("batch", "1", false));

    /** All ratios there are, in the order of the rows. */
    static List<Ratio> of(List<ResultRow> rows) {
        List<Ratio> ratios = new ArrayList<>();
        for (Rule rule : RULES) {
            for (ResultRow row : rows) {
                String value = row.parameters().get(rule.parameter);
                if (value != null && !value.equals(rule.base)) {
                    base(rows, row, rule).ifPresent(base -> ratios.add(divide(rule, base, row, value)));
                }
            }
        }
        return ratios;
    }

    private static Optional<ResultRow> base(List<ResultRow> rows, ResultRow row, Rule rule) {
        SortedMap<String, String> wanted = new TreeMap<>(row.parameters());
        wanted.put(rule.parameter, rule.base);
        return rows.stream()
                .filter(other -> other.benchmark().equals(row.benchmark())
                        && other.parameters().equals(wanted))
                .findFirst();
    }

    private static Ratio divide(Rule rule, ResultRow base, ResultRow row, String value) {
        Sample above = rule.speedUp ? base.millis() : row.millis();
        Sample below = rule.speedUp ? row.millis() : base.millis();
        SortedMap<String, String> common = new TreeMap<>(row.parameters());
        common.remove(rule.parameter);
        String title = rule.parameter + ' ' + (rule.speedUp ? rule.base + " / " + value : value + " / " + rule.base);
        return new Ratio(
                row.benchmark(),
                common,
                title,
                above.median() / below.median(),
                above.low() / below.high(),
                above.high() / below.low());
    }

    /** The common parameters as text. */
    String parameterText() {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            parts.add(parameter.getKey() + '=' + parameter.getValue());
        }
        return String.join(" ", parts);
    }
}
