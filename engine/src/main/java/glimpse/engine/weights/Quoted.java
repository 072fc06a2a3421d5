package glimpse.engine.weights;

/** Makes text from a file fit for an error message: one line of bounded length. */
final class Quoted {
    private static final int MAX_LENGTH = 80;

    private Quoted() {}

    static String of(String text) {
        return "'" + shortened(text) + "'";
    }

    /** The same without quotation marks. */
    static String shortened(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return shown.append(text.length() > MAX_LENGTH ? "..." : "").toString();
    }
}
