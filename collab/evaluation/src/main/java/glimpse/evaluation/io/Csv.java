package glimpse.evaluation.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Comma-separated values as RFC 4180 has them, with a line feed after every record. */
public final class Csv {
    private Csv() {}

    /**
     * One record of a text.
     *
     * @param fields its fields, unquoted
     * @param end where the next record begins
     */
    public record Parsed(List<String> fields, int end) {
        public Parsed {
            fields = List.copyOf(fields);
        }
    }

    /** A record as a line. */
    public static String line(List<String> fields) {
        return fields.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /** The record that begins at {@code start}; empty if it doesn't end, or isn't well formed. */
    public static Optional<Parsed> parse(String text, int start) {
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
                return Optional.of(new Parsed(fields, at));
            }
            if (next != ',') {
                return Optional.empty();
            }
        }
    }

    /** Reads a field up to what follows it; -1 if it can't stand there. */
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
