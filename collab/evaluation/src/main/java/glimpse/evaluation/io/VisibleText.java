package glimpse.evaluation.io;

import java.util.function.IntPredicate;

/**
 * Makes text from files harmless to show. Control characters, which terminals obey, marks that reverse the direction of
 * writing, and what isn't a character are written as in Java and JSON: {@code \}{@code u001b}.
 */
public final class VisibleText {
    private VisibleText() {}

    /** Returns the text with line breaks and tabs escaped too: a name that stands within a line. */
    public static String name(String text) {
        return escaped(text, VisibleText::isUnsafe);
    }

    /** Returns the text with its line breaks and tabs; JSON stays the same JSON. */
    public static String lines(String text) {
        return escaped(
                text, c -> isUnsafe(c) && c != '\t' && System.lineSeparator().indexOf(c) < 0 && c != '\n');
    }

    /**
     * Returns the text as one line of at most some number of characters: white space around a line break becomes one
     * space, and the middle of a text that is too long is left out.
     */
    public static String message(String text, int mostCharacters) {
        String some = text;
        if (text.length() > mostCharacters) {
            int head = mostCharacters * 2 / 3;
            int tail = mostCharacters - head - 5;
            some = text.substring(0, head) + " ... " + text.substring(text.length() - tail);
        }
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < some.length(); ) {
            int end = at;
            boolean broken = false;
            while (end < some.length() && Character.isWhitespace(some.charAt(end))) {
                broken |= isLineBreak(some.charAt(end++));
            }
            if (end == at) {
                line.append(some.charAt(at++));
            } else {
                line.append(broken ? " " : some.substring(at, end));
                at = end;
            }
        }
        return name(line.toString());
    }

    private static boolean isLineBreak(char c) {
        return (c >= '\n' && c <= '\r') || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    private static String escaped(String text, IntPredicate unsafe) {
        if (text.codePoints().noneMatch(unsafe)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!unsafe.test(c)) {
                escaped.appendCodePoint(c);
                return;
            }
            for (char unit : Character.toChars(c)) {
                escaped.append(String.format("\\u%04x", (int) unit));
            }
        });
        return escaped.toString();
    }

    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true; // a surrogate without its pair
            default -> isDirection(c) || (c & 0xFFFE) == 0xFFFE;
        };
    }

    /** Returns whether the character changes the direction of the text around it (Unicode's bidirectional controls). */
    private static boolean isDirection(int c) {
        return (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200E
                || c == 0x200F
                || c == 0x061C;
    }
}
