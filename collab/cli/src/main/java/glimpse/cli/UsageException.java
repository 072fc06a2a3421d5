package glimpse.cli;

/** Wrong input: one line that says what was wrong and what was expected. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
