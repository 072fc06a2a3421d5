package glimpse.engine.weights;

import java.util.List;
import java.util.function.Supplier;

/**
 * Strictly reads the few kinds of JSON that a safetensors header contains (RFC 8259), without recursing. Allocates
 * little besides what it returns: where an error is, for one, is put into words only if there is one.
 */
final class JsonCursor {
    /** Takes the members of an object. */
    interface Members {
        /** Returns whether a member of this name was read before. */
        boolean contains(String key);

        /** Reads the value of a member, at which the cursor is. */
        void read(String key) throws SafetensorsException;
    }

    /** Reads an element of a list, at which the cursor is. */
    interface Element {
        void read() throws SafetensorsException;
    }

    private final String file;
    private final String text;
    private final List<String> usual;
    private int at;

    /**
     * Creates a cursor at the beginning of a text.
     *
     * @param usual strings that are common in the text; they are returned themselves instead of a copy each time
     */
    JsonCursor(String file, String text, List<String> usual) {
        this.file = file;
        this.text = text;
        this.usual = usual;
    }

    SafetensorsException error(Rule rule, String what) {
        return new SafetensorsException(rule, file, what);
    }

    /** Reads an object without duplicate keys. */
    void object(Supplier<String> where, Rule otherwise, Members members) throws SafetensorsException {
        open('{', where, "an object", otherwise);
        if (accept('}')) {
            return;
        }
        Supplier<String> inKey = () -> where.get() + ": key";
        do {
            skipSpace();
            String key = string(inKey, Rule.JSON_SYNTAX);
            if (members.contains(key)) {
                throw error(Rule.DUPLICATE_KEY, where.get() + ": key " + Quoted.of(key) + " is duplicated");
            }
            expect(':', where);
            skipSpace();
            members.read(key);
        } while (accept(','));
        expect('}', where);
    }

    /** Reads a list of integers, 0..2^63-1. */
    long[] integers(Supplier<String> where, Rule otherwise) throws SafetensorsException {
        open('[', where, "a list", otherwise);
        if (accept(']')) {
            return new long[0];
        }
        long[] integers = new long[longestList()];
        int count = 0;
        do {
            skipSpace();
            integers[count++] = integer(where);
        } while (accept(','));
        expect(']', where);
        return integers;
    }

    /** Counts the commas of the list in which the cursor is, as far as it is one of integers, plus 1. */
    private int longestList() {
        int count = 1;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',') {
                count++;
            } else if (!isDigit(c) && c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                break;
            }
        }
        return count;
    }

    /** Reads a string; any other kind of value breaks the rule {@code otherwise}. */
    String string(Supplier<String> where, Rule otherwise) throws SafetensorsException {
        if (peek() != '"') {
            throw unexpected(where, "a string", otherwise);
        }
        int start = ++at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return plain(start, at++);
            }
            if (c == '\\') {
                return escapedString(start, where);
            }
            if (c < ' ') {
                break;
            }
            at++;
        }
        throw unterminated(where);
    }

    private String plain(int start, int end) {
        for (String one : usual) {
            if (one.length() == end - start && text.startsWith(one, start)) {
                return one;
            }
        }
        return text.substring(start, end);
    }

    private long integer(Supplier<String> where) throws SafetensorsException {
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            int digit = text.charAt(at++) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw error(Rule.INTEGER, where.get() + ": a number above 2^63 - 1");
            }
            value = value * 10 + digit;
        }
        if (at == start) {
            throw unexpected(where, "an integer from 0", Rule.INTEGER);
        }
        boolean leadingZero = text.charAt(start) == '0' && at - start > 1;
        if (leadingZero || peek() == '.' || peek() == 'e' || peek() == 'E') {
            throw error(
                    Rule.INTEGER,
                    where.get() + ": a number with a leading zero, fraction or exponent, expected an integer");
        }
        return value;
    }

    /** Checks that nothing but spaces is left. */
    void end() throws SafetensorsException {
        for (int i = at; i < text.length(); i++) {
            if (text.charAt(i) != ' ') {
                throw error(Rule.PADDING, "header: character " + i + ", after the closing brace, is not a space");
            }
        }
    }

    private String escapedString(int start, Supplier<String> where) throws SafetensorsException {
        StringBuilder decoded = new StringBuilder(text.substring(start, at));
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                checkSurrogates(decoded, where);
                return decoded.toString();
            }
            if (c < ' ') {
                break;
            }
            decoded.append(c == '\\' ? escape(where) : c);
        }
        throw unterminated(where);
    }

    private char escape(Supplier<String> where) throws SafetensorsException {
        int c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal(where);
            default -> throw error(Rule.JSON_SYNTAX, where.get() + ": an unknown escape at character " + (at - 1));
        };
    }

    private char hexadecimal(Supplier<String> where) throws SafetensorsException {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw error(Rule.JSON_SYNTAX, where.get() + ": character " + at + " is not a hexadecimal digit");
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private void checkSurrogates(StringBuilder decoded, Supplier<String> where) throws SafetensorsException {
        for (int i = 0; i < decoded.length(); i++) {
            boolean pair =
                    i + 1 < decoded.length() && Character.isSurrogatePair(decoded.charAt(i), decoded.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(decoded.charAt(i))) {
                throw error(Rule.JSON_SYNTAX, where.get() + ": half a surrogate pair in an escape");
            }
        }
    }

    private void open(char bracket, Supplier<String> where, String kind, Rule otherwise) throws SafetensorsException {
        if (peek() != bracket) {
            throw unexpected(where, kind, otherwise);
        }
        at++;
    }

    private boolean accept(char c) {
        skipSpace();
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char c, Supplier<String> where) throws SafetensorsException {
        if (!accept(c)) {
            throw unexpected(where, "'" + c + "'", Rule.JSON_SYNTAX);
        }
    }

    /** A value of another kind breaks the rule {@code otherwise}; invalid JSON and nesting break rules of their own. */
    private SafetensorsException unexpected(Supplier<String> where, String expected, Rule otherwise) {
        int c = peek();
        boolean nests = (c == '{' || c == '[') && otherwise == Rule.INTEGER;
        boolean value = c == '"' || c == '-' || c == 't' || c == 'f' || c == 'n' || c == '{' || c == '[' || isDigit(c);
        Rule rule = nests ? Rule.NESTING : value ? otherwise : Rule.JSON_SYNTAX;
        String found = c < 0 ? "the header's end" : Quoted.of(String.valueOf((char) c));
        return error(rule, where.get() + ": " + found + " at character " + at + ", expected " + expected);
    }

    private SafetensorsException unterminated(Supplier<String> where) {
        return error(
                Rule.JSON_SYNTAX, where.get() + ": a string that is cut off at character " + at + ", expected '\"'");
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : -1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
