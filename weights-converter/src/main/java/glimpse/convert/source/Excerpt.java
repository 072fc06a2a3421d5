package glimpse.convert.source;

/** The beginning of what a file contains, for messages: a file can name its tensors with millions of characters. */
public final class Excerpt {
    private static final int LONGEST = 100;

    private Excerpt() {}

    /** Returns at most 100 characters of a value's text. */
    public static String of(Object value) {
        String text = value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    /** Returns the same in quotation marks. */
    public static String quoted(Object value) {
        return "'" + of(value) + "'";
    }
}
