package glimpse.service.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import glimpse.service.queue.RefusedException;

/** Responses that are one line for a person to read. */
final class TextResponse {
    private static final long MILLIS_PER_SECOND = 1000;

    private TextResponse() {}

    static HttpResponse of(HttpStatus status, String line) {
        return of(ResponseHeaders.builder(status), line);
    }

    /** Returns 503 if the server is shutting down, 504 if the deadline has passed, otherwise 429. */
    static HttpResponse of(RefusedException refusal) {
        HttpStatus status = switch (refusal.reason()) {
            case QUEUE_FULL, TOO_LATE -> HttpStatus.TOO_MANY_REQUESTS;
            case DEADLINE_PASSED -> HttpStatus.GATEWAY_TIMEOUT;
            case DRAINING -> HttpStatus.SERVICE_UNAVAILABLE;
        };
        return retryLater(status, refusal.retryAfterMillis(), String.valueOf(refusal.getMessage()));
    }

    static HttpResponse retryLater(HttpStatus status, long afterMillis, String line) {
        return of(retry(ResponseHeaders.builder(status), afterMillis), line);
    }

    /** Adds when to try again. */
    static ResponseHeadersBuilder retry(ResponseHeadersBuilder headers, long afterMillis) {
        long seconds = Math.max(1, Math.ceilDiv(afterMillis, MILLIS_PER_SECOND));
        return headers.addLong(HttpHeaderNames.RETRY_AFTER, seconds)
                .addLong(HeaderNames.RETRY_AFTER_MILLIS, afterMillis);
    }

    private static HttpResponse of(ResponseHeadersBuilder headers, String line) {
        return HttpResponse.of(headers.contentType(MediaType.PLAIN_TEXT_UTF_8).build(), HttpData.ofUtf8(line + "\n"));
    }
}
