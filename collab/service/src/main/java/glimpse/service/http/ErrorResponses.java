package glimpse.service.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.http.BodyBudget.BudgetExceededException;
import glimpse.service.http.BodyBudget.UndecodableBodyException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Gives errors that no service handles a status and a line, in the form that the client expects. */
public final class ErrorResponses implements ServerErrorHandler {
    /** Creates the handler. */
    public ErrorResponses() {}

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        return switch (cause) {
            case ContentTooLargeException tooLarge ->
                Refusals.of(context, HttpStatus.REQUEST_ENTITY_TOO_LARGE, tooLarge(tooLarge.maxContentLength()));
            case RequestTimeoutException timeout -> timedOut(context);
            case BudgetExceededException exceeded -> BodyBudget.refusal(context);
            case UndecodableBodyException undecodable ->
                Refusals.of(
                        context, HttpStatus.BAD_REQUEST, "the body isn't in the format that Content-Encoding names");
            case ClosedStreamException closed -> cancelled(context);
            case CancellationException cancelled -> cancelled(context);
            default -> null;
        };
    }

    private static HttpResponse timedOut(ServiceRequestContext context) {
        return context.log().isRequestComplete()
                ? Refusals.of(context, HttpStatus.GATEWAY_TIMEOUT, "the deadline passed before there was a reply")
                : Refusals.of(context, HttpStatus.REQUEST_TIMEOUT, "the request took too long to arrive");
    }

    /** Work that is cancelled since time is up may end before the request does. */
    private static HttpResponse cancelled(ServiceRequestContext context) {
        return context.isTimedOut() ? timedOut(context) : gone(context);
    }

    /** Nobody receives it, but logs and metrics show it. */
    private static HttpResponse gone(ServiceRequestContext context) {
        return Refusals.of(context, HttpStatus.CLIENT_CLOSED_REQUEST, "the client closed the request");
    }

    @Override
    public @Nullable AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        String line = status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
                ? tooLarge(config.maxRequestLength())
                : status.reasonPhrase().toLowerCase(Locale.ROOT);
        return Refusals.of(headers, status, 0, line);
    }

    private static String tooLarge(long mostBytes) {
        return "the body is too large, expected at most " + mostBytes + " bytes";
    }
}
