package glimpse.collab.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Thrown if a channel brings no reply: says why, so that a caller can act on it. */
public final class ChannelException extends IOException {
    private static final long serialVersionUID = 1;
    private static final Duration NOT_SAID = Duration.ofMillis(-1);

    private final FailureReason reason;
    private final Duration retryAfter;

    /**
     * Creates an exception.
     *
     * @param reason the kind of failure
     * @param message one line for a person to read
     */
    public ChannelException(FailureReason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.retryAfter = NOT_SAID;
    }

    ChannelException(FailureReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = NOT_SAID;
    }

    ChannelException(FailureReason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** Returns the kind of failure. */
    public FailureReason reason() {
        return reason;
    }

    /** Returns how long the server asks to wait before the next request, if it does. */
    public Optional<Duration> retryAfter() {
        return retryAfter.isNegative() ? Optional.empty() : Optional.of(retryAfter);
    }
}
