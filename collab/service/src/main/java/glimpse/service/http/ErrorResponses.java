package glimpse.service.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.http.BodyBudget.BudgetExceededException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Gives errors that no service handles a status and one line of text. */
public final class ErrorResponses implements ServerErrorHandler {
    /** Creates the handler. */
    public ErrorResponses() {}

    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        return switch (cause) {
            case ContentTooLargeException tooLarge ->
                of(
                        context,
                        HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                        "the body is too large, expected at most " + tooLarge.maxContentLength() + " bytes");
            case RequestTimeoutException timeout ->
                context.log().isRequestComplete()
                        ? of(context, HttpStatus.GATEWAY_TIMEOUT, "the deadline passed before there was a reply")
                        : of(context, HttpStatus.REQUEST_TIMEOUT, "the request took too long to arrive");
            case BudgetExceededException exceeded -> BodyBudget.refusal();
            case ClosedStreamException closed -> gone(context);
            case CancellationException cancelled -> gone(context);
            default -> null;
        };
    }

    /** Nobody receives it, but logs and metrics show it. */
    private static HttpResponse gone(ServiceRequestContext context) {
        return of(context, HttpStatus.CLIENT_CLOSED_REQUEST, "the client closed the request");
    }

    /** Returns one line of text, or the Open Inference Protocol's error below its path. */
    static HttpResponse of(ServiceRequestContext context, HttpStatus status, String line) {
        return context.path().startsWith("/v2/")
                ? HttpResponse.of(status, MediaType.JSON_UTF_8, Json.write(Map.of("error", line)))
                : TextResponse.of(status, line);
    }

    @Override
    public @Nullable AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders headers,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        return AggregatedHttpResponse.of(
                status, MediaType.PLAIN_TEXT_UTF_8, status.reasonPhrase().toLowerCase(Locale.ROOT) + "\n");
    }
}
