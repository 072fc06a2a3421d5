package glimpse.service.grpc;

import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a call may take: as long as the client waits, but no longer than the server's limit from the call's start,
 * or in a stream from its last message. Immutable.
 */
final class CallDeadline {
    private static final AttributeKey<CallDeadline> KEY = AttributeKey.valueOf(CallDeadline.class, "deadline");
    private static final Pattern TIMEOUT = Pattern.compile("(\\d{1,8})([HMSmun])");

    private final long startNanos;
    private final Duration client; // from the start
    private final Duration most;

    private CallDeadline(long startNanos, Duration client, Duration most) {
        this.startNanos = startNanos;
        this.client = client;
        this.most = most;
    }

    /**
     * Bounds a call that begins.
     *
     * @param timeout the header {@code grpc-timeout}; an invalid one counts as none
     * @param most the server's limit
     */
    static void begin(ServiceRequestContext context, @Nullable String timeout, Duration most) {
        CallDeadline deadline = new CallDeadline(System.nanoTime(), parse(timeout), most);
        context.setAttr(KEY, deadline);
        context.setRequestTimeout(TimeoutMode.SET_FROM_START, positive(deadline.timeLeft()));
    }

    static CallDeadline of(ServiceRequestContext context) {
        return Objects.requireNonNull(context.attr(KEY), "the call hasn't begun");
    }

    /** Reads the header {@code grpc-timeout}; an invalid one counts as a long time. */
    static Duration parse(@Nullable String timeout) {
        Matcher matcher = TIMEOUT.matcher(Objects.requireNonNullElse(timeout, ""));
        if (!matcher.matches()) {
            return Duration.ofDays(365);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "H" -> Duration.ofHours(number);
            case "M" -> Duration.ofMinutes(number);
            case "S" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMillis(number);
            case "u" -> Duration.ofNanos(number * 1000);
            default -> Duration.ofNanos(number);
        };
    }

    /** Returns how long a message that comes now may take; not positive if the client's deadline has passed. */
    Duration timeLeft() {
        Duration left = client.minusNanos(System.nanoTime() - startNanos);
        return left.compareTo(most) < 0 ? left : most;
    }

    /** A stream has had a message: it may go on. */
    void extend(ServiceRequestContext context) {
        context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, positive(timeLeft()));
    }

    private static Duration positive(Duration duration) {
        return duration.toMillis() > 0 ? duration : Duration.ofMillis(1); // 0 would be no limit
    }
}
