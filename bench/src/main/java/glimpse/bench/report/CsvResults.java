package glimpse.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Results as a CSV file. Values are never quoted, because none contains a comma. */
final class CsvResults {
    private static final String HEADER =
            "subset,benchmark,parameters,samples,median_ms,low_quartile_ms,high_quartile_ms,"
                    + "rate,rate_unit,share_of_peak_percent,allocated_bytes";
    private static final int COLUMNS = 11;

    private CsvResults() {}

    /**
     * Reads a file.
     *
     * @throws IOException if the file can't be read or isn't in this format; the message names the file and the line
     */
    static List<ResultRow> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file + ": no such file");
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IOException(file + " line 1: expected " + HEADER);
        }
        List<ResultRow> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                rows.add(parse(lines.get(i)));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return rows;
    }

    static void write(Path file, List<ResultRow> rows) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        rows.forEach(row -> lines.add(format(row)));
        Files.write(file, lines);
    }

    /** Returns the old rows that weren't measured again, followed by the new rows. */
    static List<ResultRow> replace(List<ResultRow> old, List<ResultRow> fresh) {
        Set<String> measured = fresh.stream().map(CsvResults::key).collect(Collectors.toSet());
        List<ResultRow> rows = new ArrayList<>(
                old.stream().filter(row -> !measured.contains(key(row))).toList());
        rows.addAll(fresh);
        return rows;
    }

    private static String key(ResultRow row) {
        return row.benchmark() + ' ' + row.parameterText();
    }

    private static String format(ResultRow row) {
        return String.join(
                ",",
                row.subset(),
                row.benchmark(),
                row.parameterText(),
                Integer.toString(row.millis().count()),
                number(row.millis().median()),
                number(row.millis().low()),
                number(row.millis().high()),
                number(row.rate()),
                row.unit(),
                number(row.sharePercent()),
                number(row.allocatedBytes()));
    }

    private static ResultRow parse(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException(cells.length + " columns, expected " + COLUMNS);
        }
        Sample millis = new Sample(number(cells[4]), number(cells[5]), number(cells[6]), count(cells[3]));
        return new ResultRow(
                cells[0],
                cells[1],
                parameters(cells[2]),
                millis,
                cells[8],
                optional(cells[7]),
                optional(cells[9]),
                optional(cells[10]));
    }

    private static SortedMap<String, String> parameters(String text) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String parameter : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("parameter '" + parameter + "', expected NAME=VALUE");
            }
            parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        return parameters;
    }

    private static OptionalDouble optional(String cell) {
        return cell.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number(cell));
    }

    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + cell + "', expected a number", e);
        }
    }

    private static int count(String cell) {
        try {
            return Integer.parseInt(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + cell + "', expected a number of samples", e);
        }
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
