package glimpse.evaluation.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comma-separated values as in RFC 4180, with a line feed after every record. */
public final class Csv {
    private Csv() {}

    /**
     * A record that was read from a text.
     *
     * @param fields the fields, unquoted
     * @param end the offset at which the next record begins
     */
    public record ParsedRecord(List<String> fields, int end) {
        /** Copies the fields. */
        public ParsedRecord {
            fields = List.copyOf(fields);
        }
    }

    /** Returns a record as a line. */
    public static String line(List<String> fields) {
        return fields.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    /**
     * Returns a table: the names of the fields, then each record.
     *
     * @param records values by the fields' names, in the same order in each; null where there is none, which leaves the
     *     field empty
     * @return an empty string if there are no records
     */
    public static String table(List<Map<String, @Nullable Object>> records) {
        StringBuilder table = new StringBuilder();
        for (Map<String, @Nullable Object> record : records) {
            if (table.isEmpty()) {
                table.append(line(List.copyOf(record.keySet())));
            }
            List<String> fields = new ArrayList<>();
            record.values().forEach(value -> fields.add(value == null ? "" : value.toString()));
            table.append(line(fields));
        }
        return table.toString();
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /** Reads the record that begins at {@code start}; empty if it doesn't end or isn't well formed. */
    public static Optional<ParsedRecord> parse(String text, int start) {
        List<String> fields = new ArrayList<>();
        int at = start;
        while (true) {
            StringBuilder field = new StringBuilder();
            at = text.startsWith("\"", at) ? quotedField(text, at + 1, field) : plainField(text, at, field);
            if (at < 0 || at >= text.length()) {
                return Optional.empty();
            }
            fields.add(field.toString());
            char next = text.charAt(at++);
            if (next == '\n') {
                return Optional.of(new ParsedRecord(fields, at));
            }
            if (next != ',') {
                return Optional.empty();
            }
        }
    }

    /** Reads an unquoted field; returns the offset behind it, or -1 if it is malformed. */
    private static int plainField(String text, int start, StringBuilder field) {
        int at = start;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
            if (text.charAt(at) == '"') {
                return -1;
            }
            field.append(text.charAt(at++));
        }
        return at;
    }

    /** Reads the rest of a quoted field; returns the offset behind it, or -1 if it doesn't end. */
    private static int quotedField(String text, int start, StringBuilder field) {
        int at = start;
        while (at < text.length()) {
            if (text.charAt(at) != '"') {
                field.append(text.charAt(at++));
            } else if (text.startsWith("\"\"", at)) {
                field.append('"');
                at += 2;
            } else {
                return at + 1;
            }
        }
        return -1;
    }
}
