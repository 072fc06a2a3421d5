package glimpse.page;

/** Thrown if a request can't be served: becomes an error reply. */
final class PageException extends Exception {
    private static final long serialVersionUID = 1;

    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int GONE = 410;
    static final int TOO_LARGE = 413;
    static final int TOO_MANY = 429;
    static final int UNAVAILABLE = 503;

    private final int status;

    PageException(int status, String line) {
        super(line);
        this.status = status;
    }

    PageReply reply() {
        return PageReply.error(status, String.valueOf(getMessage()));
    }
}
