package glimpse.engine.weights;

import java.util.List;

/** Makes text from a file fit for an error message: one line of bounded length, with control characters escaped. */
public final class Quoted {
    private static final int MAX_LENGTH = 80;

    private Quoted() {}

    /** Returns the text's beginning in quotation marks. */
    public static String of(String text) {
        return "'" + shortened(text) + "'";
    }

    /** Returns the text's beginning, at most 80 of its characters, followed by three dots if it is longer. */
    public static String shortened(String text) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), MAX_LENGTH);
        int at = 0;
        while (at < end) {
            int character = text.codePointAt(at);
            if (isPlain(character)) {
                shown.appendCodePoint(character);
            } else {
                shown.append(String.format("\\u%04x", character));
            }
            at += Character.charCount(character);
        }
        return shown.append(text.length() > end ? "..." : "").toString();
    }

    /** Returns a shape, of a long one its beginning, without quotation marks. */
    public static String shape(List<Long> shape) {
        return shortened(shape.subList(0, Math.min(shape.size(), MAX_LENGTH)).toString());
    }

    /** Returns whether a character shows as itself: no control character, mark of direction or half a pair. */
    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
