package glimpse.service.http;

/** The headers that this server defines or reads. */
public final class HeaderNames {
    /** The SHA-256 of the model's file: in a response the one that replied, in a request the one that must reply. */
    public static final String MODEL = "glimpse-model";

    /** How many milliseconds the client still waits. */
    public static final String DEADLINE_MILLIS = "glimpse-deadline-millis";

    /** {@code interactive} or {@code bulk}. */
    public static final String PRIORITY = "glimpse-priority";

    /** What both sides' logs call a request. */
    public static final String REQUEST_ID = "x-request-id";

    /** After how many milliseconds a refused request may be sent again; {@code Retry-After} has whole seconds. */
    public static final String RETRY_AFTER_MILLIS = "retry-after-millis";

    private HeaderNames() {}
}
