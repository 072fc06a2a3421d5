package glimpse.engine.weights;

import java.util.HashSet;
import java.util.Set;

/** Strictly reads the few kinds of JSON that a safetensors header contains (RFC 8259), without recursing. */
final class JsonCursor {
    /** Reads the value of an object's member, at which the cursor is. */
    interface Member {
        void read(String key) throws SafetensorsException;
    }

    /** Reads an element of a list, at which the cursor is. */
    interface Element {
        void read() throws SafetensorsException;
    }

    private final String file;
    private final String text;
    private int at;

    JsonCursor(String file, String text) {
        this.file = file;
        this.text = text;
    }

    SafetensorsException error(Rule rule, String what) {
        return new SafetensorsException(rule, file, what);
    }

    /** Reads an object without duplicate keys. */
    void object(String where, Rule otherwise, Member member) throws SafetensorsException {
        open('{', where, "an object", otherwise);
        if (accept('}')) {
            return;
        }
        Set<String> keys = new HashSet<>();
        do {
            skipSpace();
            String key = string(where + ": key", Rule.JSON_SYNTAX);
            if (!keys.add(key)) {
                throw error(Rule.DUPLICATE_KEY, where + ": key " + Quoted.of(key) + " is duplicated");
            }
            expect(':', where);
            skipSpace();
            member.read(key);
        } while (accept(','));
        expect('}', where);
    }

    /** Reads a list. */
    void list(String where, Rule otherwise, Element element) throws SafetensorsException {
        open('[', where, "a list", otherwise);
        if (accept(']')) {
            return;
        }
        do {
            skipSpace();
            element.read();
        } while (accept(','));
        expect(']', where);
    }

    /** Reads a string; any other kind of value breaks the rule {@code otherwise}. */
    String string(String where, Rule otherwise) throws SafetensorsException {
        if (peek() != '"') {
            throw unexpected(where, "a string", otherwise);
        }
        int start = ++at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return text.substring(start, at++);
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

    /** Reads an integer, 0..2^63-1. */
    long integer(String where) throws SafetensorsException {
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            int digit = text.charAt(at++) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw error(Rule.INTEGER, where + ": a number above 2^63 - 1");
            }
            value = value * 10 + digit;
        }
        if (at == start) {
            throw unexpected(where, "an integer from 0", Rule.INTEGER);
        }
        boolean leadingZero = text.charAt(start) == '0' && at - start > 1;
        if (leadingZero || peek() == '.' || peek() == 'e' || peek() == 'E') {
            throw error(
                    Rule.INTEGER, where + ": a number with a leading zero, fraction or exponent, expected an integer");
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

    private String escapedString(int start, String where) throws SafetensorsException {
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

    private char escape(String where) throws SafetensorsException {
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
            default -> throw error(Rule.JSON_SYNTAX, where + ": an unknown escape at character " + (at - 1));
        };
    }

    private char hexadecimal(String where) throws SafetensorsException {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw error(Rule.JSON_SYNTAX, where + ": character " + at + " is not a hexadecimal digit");
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private void checkSurrogates(StringBuilder decoded, String where) throws SafetensorsException {
        for (int i = 0; i < decoded.length(); i++) {
            boolean pair =
                    i + 1 < decoded.length() && Character.isSurrogatePair(decoded.charAt(i), decoded.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(decoded.charAt(i))) {
                throw error(Rule.JSON_SYNTAX, where + ": half a surrogate pair in an escape");
            }
        }
    }

    private void open(char bracket, String where, String kind, Rule otherwise) throws SafetensorsException {
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

    private void expect(char c, String where) throws SafetensorsException {
        if (!accept(c)) {
            throw unexpected(where, "'" + c + "'", Rule.JSON_SYNTAX);
        }
    }

    /** A value of another kind breaks the rule {@code otherwise}; invalid JSON and nesting break rules of their own. */
    private SafetensorsException unexpected(String where, String expected, Rule otherwise) {
        int c = peek();
        boolean nests = (c == '{' || c == '[') && otherwise == Rule.INTEGER;
        boolean value = c == '"' || c == '-' || c == 't' || c == 'f' || c == 'n' || c == '{' || c == '[' || isDigit(c);
        Rule rule = nests ? Rule.NESTING : value ? otherwise : Rule.JSON_SYNTAX;
        String found = c < 0 ? "the header's end" : Quoted.of(String.valueOf((char) c));
        return error(rule, where + ": " + found + " at character " + at + ", expected " + expected);
    }

    private SafetensorsException unterminated(String where) {
        return error(Rule.JSON_SYNTAX, where + ": a string that is cut off at character " + at + ", expected '\"'");
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
