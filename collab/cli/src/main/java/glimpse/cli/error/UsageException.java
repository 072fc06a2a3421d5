package glimpse.cli.error;

/** Invalid input. The message is one line that names the option, what stood there and what was expected. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes an exception with this message. */
    public UsageException(String message) {
        super(message);
    }

    /** Makes an exception for a value that is out of range. */
    public static UsageException invalid(String option, Object value, String expected) {
        return new UsageException(option + ": '" + value + "' is invalid, expected " + expected);
    }
}
