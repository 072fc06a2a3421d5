package glimpse.convert.error;

import java.io.IOException;

/**
 * A source or option that can't be converted. The message is one line that says which file, tensor or option is wrong,
 * how, and what was expected. Whatever a file contains, the line has at most 4,096 characters, and control and format
 * characters, which would act on a terminal, are escaped as in {@code \}{@code u001b}.
 */
public final class ConvertException extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_MESSAGE = 4096;

    /** Creates an exception with a message of one line. */
    public ConvertException(String message) {
        super(line(message));
    }

    /** Creates an exception with a message of one line and a cause. */
    public ConvertException(String message, Throwable cause) {
        super(line(message), cause);
    }

    private static String line(String message) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < message.length(); i++) {
            if (line.length() > LONGEST_MESSAGE - 10) {
                return line.append("...").toString();
            }
            char c = message.charAt(i);
            if (acts(c)) {
                line.append("\\u").append(Integer.toHexString(1 << Character.SIZE | c), 1, 5);
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    /** Returns whether a character does something other than being shown. */
    private static boolean acts(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
