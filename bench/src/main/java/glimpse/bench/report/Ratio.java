package glimpse.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ratio of two results that differ in a single parameter.
 *
 * @param benchmark class and method
 * @param parameters the parameters that both results share
 * @param title the parameter and its two values: {@code threads 1 / 2}
 * @param value ratio of the medians
 * @param low lower quartile of the dividend over upper quartile of the divisor
 * @param high upper quartile of the dividend over lower quartile of the divisor
 */
record Ratio(
        String benchmark, SortedMap<String, String> parameters, String title, double value, double low, double high) {

    /** A parameter and its base value, whose time is the dividend if {@code speedUp}, and the divisor otherwise. */
    private record Rule(String parameter, String base, boolean speedUp) {}

    private static final List<Rule> RULES = List.of(
            new Rule("engine", "GLIMPSE", true),
            new Rule("threads", "1", true),
            new Rule("patches", "196", false),
            new Rule("batch", "1", false));

    /** Returns all ratios among the rows, in their order. */
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
        Sample dividend = rule.speedUp ? base.millis() : row.millis();
        Sample divisor = rule.speedUp ? row.millis() : base.millis();
        SortedMap<String, String> common = new TreeMap<>(row.parameters());
        common.remove(rule.parameter);
        String title = rule.parameter + ' ' + (rule.speedUp ? rule.base + " / " + value : value + " / " + rule.base);
        return new Ratio(
                row.benchmark(),
                common,
                title,
                dividend.median() / divisor.median(),
                dividend.low() / divisor.high(),
                dividend.high() / divisor.low());
    }

    /** Returns the shared parameters as text: {@code model=TINY}. */
    String parameterText() {
        return ResultRow.text(parameters);
    }
}
