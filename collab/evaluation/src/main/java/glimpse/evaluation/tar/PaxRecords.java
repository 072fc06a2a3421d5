package glimpse.evaluation.tar;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The records of a pax extended header: {@code LENGTH KEY=VALUE\n}, where the length counts the whole record. */
final class PaxRecords {
    private PaxRecords() {}

    /** Returns the values by key; empty if a record isn't well formed. */
    static Optional<Map<String, String>> parse(byte[] content) {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < content.length && content[at] != 0) {
            int space = at;
            int length = 0;
            while (space < content.length && content[space] >= '0' && content[space] <= '9' && length <= 1 << 24) {
                length = length * 10 + content[space++] - '0';
            }
            int end = at + length;
            if (space >= content.length || content[space] != ' ' || end <= space + 1 || end > content.length) {
                return Optional.empty();
            }
            String text = new String(content, space + 1, end - space - 1, StandardCharsets.UTF_8);
            int equals = text.indexOf('=');
            if (equals < 0 || !text.endsWith("\n")) {
                return Optional.empty();
            }
            records.put(text.substring(0, equals), text.substring(equals + 1, text.length() - 1));
            at = end;
        }
        return Optional.of(records);
    }
}
