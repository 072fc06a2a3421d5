package glimpse.collab.channel;

import glimpse.collab.codec.ErrorReply;
import glimpse.collab.codec.Message;
import glimpse.collab.codec.MessageException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a response other than 200 means. */
final class HttpStatus {
    private static final long MAX_RETRY_AFTER_MILLIS = 60_000; // whatever the server asks for
    private static final long MILLIS_PER_SECOND = 1000;

    private HttpStatus() {}

    /** Returns the failure that the response tells of. */
    static ChannelException failure(HttpResponse<byte[]> response, String requestId) {
        int status = response.statusCode();
        String message = "the server replied " + status + text(response.body()) + " (request " + requestId + ")";
        return new ChannelException(reason(status), message, retryAfter(response.headers()));
    }

    private static FailureReason reason(int status) {
        return switch (status) {
            case 401, 403, 407 -> FailureReason.UNAUTHORISED;
            case 404, 409 -> FailureReason.WRONG_MODEL;
            case 408, 504 -> FailureReason.TIMEOUT;
            case 410 -> FailureReason.UPLOAD_GONE;
            case 429, 503 -> FailureReason.OVERLOADED;
            default -> {
                if (status >= 500) {
                    yield FailureReason.SERVER_FAILED;
                }
                yield status >= 400 ? FailureReason.REQUEST_REJECTED : FailureReason.PROTOCOL_ERROR;
            }
        };
    }

    private static String text(byte[] body) {
        try {
            return Message.parse(body) instanceof ErrorReply error ? ": " + error.text() : "";
        } catch (MessageException e) {
            return ""; // a proxy's page, for example
        }
    }

    /**
     * Returns how long to wait, in milliseconds if the server says so, otherwise in seconds; negative if it doesn't.
     */
    private static Duration retryAfter(HttpHeaders headers) {
        long millis = number(headers, "Retry-After-Millis");
        if (millis < 0) {
            millis = number(headers, "Retry-After") * MILLIS_PER_SECOND;
        }
        return Duration.ofMillis(Math.min(millis, MAX_RETRY_AFTER_MILLIS));
    }

    private static long number(HttpHeaders headers, String name) {
        try {
            return headers.firstValue(name).map(Integer::parseInt).orElse(-1);
        } catch (NumberFormatException e) {
            return -1; // a date, which says little if clocks differ
        }
    }
}
