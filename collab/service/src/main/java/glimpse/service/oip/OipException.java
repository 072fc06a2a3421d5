package glimpse.service.oip;

import glimpse.service.queue.RefusedException;

/** Thrown if a request gets an error in place of a response. The message is one line for a person to read. */
public final class OipException extends Exception {
    private static final long serialVersionUID = 1;

    private final Code code;
    private final long retryAfterMillis;

    /** What kind of error it is. */
    public enum Code {
        /** The request is malformed or doesn't fit the model. */
        INVALID,
        /** There is no such model or version. */
        NOT_FOUND,
        /** The server doesn't do this for clients. */
        FORBIDDEN,
        /** Too many requests wait; later there may be fewer. */
        OVERLOADED,
        /** The client's deadline has passed. */
        DEADLINE_PASSED,
        /** The server is starting or shutting down, or the model isn't loaded. */
        UNAVAILABLE,
        /** The server's fault. */
        FAILED
    }

    /** Creates an exception. */
    public OipException(Code code, String message) {
        this(code, message, 0);
    }

    private OipException(Code code, String message, long retryAfterMillis) {
        super(message);
        this.code = code;
        this.retryAfterMillis = retryAfterMillis;
    }

    /** Returns the exception for a request that the queue refused. */
    public static OipException of(RefusedException refusal) {
        Code code = switch (refusal.reason()) {
            case QUEUE_FULL, TOO_LATE -> Code.OVERLOADED;
            case DEADLINE_PASSED -> Code.DEADLINE_PASSED;
            case DRAINING -> Code.UNAVAILABLE;
        };
        return new OipException(code, String.valueOf(refusal.getMessage()), refusal.retryAfterMillis());
    }

    /** Returns the exception for a request that comes at a bad time. */
    static OipException overloaded(String message, long retryAfterMillis) {
        return new OipException(Code.OVERLOADED, message, retryAfterMillis);
    }

    static OipException invalid(String message) {
        return new OipException(Code.INVALID, message);
    }

    /** Returns the exception for an image that there isn't enough memory for. */
    static OipException noMemory(String input, int element) {
        return new OipException(
                Code.FAILED, "element " + element + " of input '" + input + "': there isn't enough memory for it");
    }

    /** Returns what kind of error it is. */
    public Code code() {
        return code;
    }

    /** Returns after how many milliseconds the request may be sent again; 0 if that is unknown. */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
