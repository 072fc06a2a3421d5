package glimpse.service.http;

import com.linecorp.armeria.common.RequestHeaders;
import glimpse.service.queue.Priority;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client's headers ask for.
 *
 * @param priority who goes first
 * @param startNanos when the request's headers had come
 * @param limit how long the client waits from then on, bounded by the server's own limit
 */
public record RequestTerms(Priority priority, long startNanos, Duration limit) {
    /**
     * Reads the headers.
     *
     * @param most the server's own limit
     * @throws InvalidHeaderException naming the header, if one is invalid
     */
    public static RequestTerms of(RequestHeaders headers, Duration most) throws InvalidHeaderException {
        return new RequestTerms(
                priority(headers.get(HeaderNames.PRIORITY)),
                System.nanoTime(),
                limit(headers.get(HeaderNames.DEADLINE_MILLIS), most));
    }

    private static Priority priority(@Nullable String text) throws InvalidHeaderException {
        if (text == null) {
            return Priority.INTERACTIVE;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "interactive" -> Priority.INTERACTIVE;
            case "bulk" -> Priority.BULK;
            default -> throw new InvalidHeaderException("Glimpse-Priority", text, "interactive or bulk");
        };
    }

    private static Duration limit(@Nullable String text, Duration most) throws InvalidHeaderException {
        if (text == null) {
            return most;
        }
        try {
            long millis = Long.parseLong(text);
            return millis < most.toMillis() ? Duration.ofMillis(Math.max(0, millis)) : most;
        } catch (NumberFormatException e) {
            throw new InvalidHeaderException("Glimpse-Deadline-Millis", text, "a number of milliseconds");
        }
    }

    /** Returns how long the client still waits; not positive if its deadline has passed. */
    public Duration timeLeft() {
        return limit.minusNanos(System.nanoTime() - startNanos);
    }

    /** A header with an invalid value. */
    public static final class InvalidHeaderException extends Exception {
        private static final long serialVersionUID = 1;

        InvalidHeaderException(String header, String value, String expected) {
            super("the header " + header + " is '" + value + "', expected " + expected);
        }
    }
}
